import type { PropsWithChildren } from "hono/jsx";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { TimelineEntry } from "../../../domain/incidents/timeline.ts";
import type { Recipient } from "../../../domain/oncall/escalation.ts";
import type { NextPaging } from "../../../use-cases/oncall/read-paging.ts";
import { Detail } from "../detail.tsx";
import { Ago, Countdown, Moment, Second } from "../time.tsx";

interface PagingStateProps {
  readonly incident: Incident;
  readonly timeline: readonly TimelineEntry[];
  readonly next: NextPaging | null;
  readonly now: number;
}

/** The people who are being paged for an open incident, who is next, and when. */
export function PagingState({ incident, timeline, next, now }: PagingStateProps) {
  if (incident.status === "resolved") return null;
  if (incident.status === "acknowledged")
    return (
      <Section>
        <Quiet incident={incident} now={now} />
      </Section>
    );
  const latest = latestPaging(timeline);
  return (
    <Section>
      <dl class="details">
        <Detail name="Paged now">
          {latest === undefined ? (
            "No one yet"
          ) : (
            <>
              <Names recipients={latest.recipients} /> <Level position={latest.level} />
              <Ago at={latest.at} now={now} />
            </>
          )}
        </Detail>
        <Detail name="Next">
          {next === null ? (
            incident.urgency === "low" ? (
              "No one. Low urgency does not escalate."
            ) : (
              "No one. The last level was paged."
            )
          ) : (
            <>
              {next.step ? (
                <>
                  <Names recipients={next.step.recipients} /> <Level position={next.step.position.level} />
                </>
              ) : (
                "The fallback address, because no level is left, "
              )}
              <Countdown at={next.at} now={now} />, <Second at={next.at} />
            </>
          )}
        </Detail>
      </dl>
    </Section>
  );
}

/** Says why no one is paged about an acknowledged incident, and when that ends. */
function Quiet({ incident, now }: Pick<PagingStateProps, "incident" | "now">) {
  const { snoozedUntil, acknowledgementExpiresAt } = incident;
  if (snoozedUntil !== undefined)
    return (
      <p>
        No one is being paged, because the incident is snoozed. It pages the person on call{" "}
        <Countdown at={snoozedUntil} now={now} />, <Moment at={snoozedUntil} />.
      </p>
    );
  return (
    <p>
      No one is being paged, because the incident is acknowledged.
      {acknowledgementExpiresAt !== undefined && (
        <>
          {" "}
          If it is not resolved, it pages again <Countdown at={acknowledgementExpiresAt} now={now} />,{" "}
          <Moment at={acknowledgementExpiresAt} />.
        </>
      )}
    </p>
  );
}

function Section({ children }: PropsWithChildren) {
  return (
    <section aria-labelledby="paging">
      <h2 id="paging">Paging</h2>
      {children}
    </section>
  );
}

interface LatestPaging {
  readonly at: number;
  readonly recipients: readonly Recipient[];
  /** Absent for the fallback address. */
  readonly level?: number;
}

/** Returns the latest step that paged someone. */
function latestPaging(timeline: readonly TimelineEntry[]): LatestPaging | undefined {
  for (const entry of timeline.toReversed()) {
    if (entry.kind !== "event") continue;
    const { event } = entry;
    if (event.type === "paging" || event.type === "escalated")
      return { at: event.at, recipients: event.recipients, level: event.level };
    if (event.type === "coverage_gap") return { at: event.at, recipients: event.recipients };
  }
  return undefined;
}

function Level({ position }: { readonly position: number | undefined }) {
  return <span class="quiet">({position === undefined ? "fallback" : `level ${position}`}) </span>;
}

function Names({ recipients }: { readonly recipients: readonly Recipient[] }) {
  return (
    <>
      {recipients.map(({ name, email }, index) => (
        <>
          {index > 0 && ", "}
          <bdi title={email}>{name ?? email}</bdi>
        </>
      ))}
    </>
  );
}
