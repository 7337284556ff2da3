import type { Fault } from "../../../domain/errors.ts";
import type { Urgency } from "../../../domain/incidents/urgency-level.ts";
import { type Severity, severities } from "../../../domain/severity.ts";
import { wallClockAt } from "../../../domain/wall-clock.ts";
import { formatDuration } from "../../components/duration.ts";
import type { FieldOf } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { fieldTime, formatLocal } from "../../components/local-time.ts";
import { SeverityMark } from "../../components/marks.tsx";
import { OnCallTabs } from "../../components/navigation/on-call-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface SimulateViewProps extends Viewing {
  /** A submitted form with errors. */
  readonly rejected?: {
    readonly values: Readonly<Record<string, string | undefined>>;
    readonly faults: readonly Fault[];
  };
  readonly asked: {
    readonly service: string | undefined;
    readonly severity: Severity;
    readonly message: string;
    /** Epoch milliseconds. */
    readonly at: number;
    readonly timezone: string;
  };
  /** The API's result; null before the form is submitted. */
  readonly result: Simulated | null;
}

interface SimulatedPage {
  readonly name: string | null;
  readonly email: string;
  readonly channel: string;
  readonly address: string;
  readonly delay_seconds: number;
  readonly at: string;
  readonly bundled: boolean;
  readonly why: string;
}

/** Times are RFC 3339. */
interface Simulated {
  readonly team: string;
  readonly urgency: Urgency;
  readonly raises_at: string | null;
  readonly routing: { readonly rules: readonly string[]; readonly dropped: boolean };
  readonly held_by: { readonly kind: "silence" | "incident" } | null;
  readonly pages_at: string | null;
  readonly steps: readonly {
    readonly at: string;
    readonly level: number;
    readonly pass: number;
    readonly pages: readonly SimulatedPage[];
    readonly next_at: string | null;
  }[];
  readonly fallback: {
    readonly email: string;
    readonly at: string;
    readonly pages: readonly SimulatedPage[];
  } | null;
  readonly announcements: readonly {
    readonly at: string;
    readonly event: string;
    readonly channel: string;
    readonly address: string;
  }[];
  readonly resolved_at: string | null;
  readonly coverage_gaps: readonly { readonly start: string; readonly end: string }[];
}

const gapsListed = 5;

/** Form and result of a simulation: who would be paged for an incident that no one acknowledges. */
export function SimulateView({ asked, result, rejected, viewer }: SimulateViewProps) {
  const { service, severity, message, at, timezone } = asked;
  const field: FieldOf = (name) => ({
    id: name,
    name,
    sent: rejected?.values[name],
    fault: rejected?.faults.find(({ path }) => path === name)?.message,
  });
  return (
    <>
      <h1>Escalation simulation</h1>
      <OnCallTabs page="simulate" viewer={viewer} />
      <div class="columns">
        <div>
          {result === null ? (
            <p class="empty">
              Enter a service to see who would be paged at each level if no one acknowledged. The simulation
              creates nothing and notifies no one.
            </p>
          ) : (
            <Chain asked={asked} result={result} />
          )}
        </div>
        <form method="get" action={pageHref("simulate")} class="stack first">
          <TextField field={field("service")} label="Service" value={service ?? ""} required />
          <SelectField
            field={field("severity")}
            label="Severity"
            value={severity}
            options={optionsOf(severities)}
          />
          <TextField field={field("message")} label="Message (used by routing rules)" value={message} />
          <TextField
            field={field("at")}
            label="Time"
            type="datetime-local"
            value={fieldTime(wallClockAt(at, timezone))}
          />
          <TextField field={field("timezone")} label="Time zone" value={timezone} list="timezones" />
          <datalist id="timezones">
            <option value={timezone} />
            <option value="UTC" />
          </datalist>
          <button type="submit" class="primary">
            Simulate
          </button>
        </form>
      </div>
    </>
  );
}

function Rules({ routing: { rules, dropped } }: Pick<Simulated, "routing">) {
  if (rules.length === 0) return null;
  return (
    <p>
      Matches {rules.length === 1 ? "routing rule" : "routing rules"}{" "}
      {rules.map((name, index) => (
        <>
          {index > 0 && ", "}
          <b>
            <bdi>{name}</bdi>
          </b>
        </>
      ))}
      {dropped && " and is dropped. No one is paged"}.
    </p>
  );
}

function Suppression({
  held_by: by,
  pages_at: pagesAt,
  local,
}: Pick<Simulated, "held_by" | "pages_at"> & { readonly local: (instant: string) => string }) {
  if (by === null) return null;
  return (
    <p class="notice">
      {by.kind === "silence"
        ? "Suppressed by a silence"
        : "Suppressed by a more severe incident of the service"}
      {pagesAt === null ? "." : ` until ${local(pagesAt)}. It pages then if it is still firing.`}
    </p>
  );
}

function Page({
  page: { name, email, channel, address, delay_seconds: delay, at, bundled, why },
  local,
}: {
  readonly page: SimulatedPage;
  readonly local: (instant: string) => string;
}) {
  return (
    <p>
      <b>
        <bdi>{name ?? email}</bdi>
      </b>{" "}
      by {channel}
      {address !== email && (
        <>
          {" "}
          to <bdi>{address}</bdi>
        </>
      )}
      {(delay > 0 || bundled) && ` at ${local(at)}`}
      {bundled && ", in one message with others"}{" "}
      <span class="quiet">
        <bdi>{why}</bdi>
      </span>
    </p>
  );
}

function Chain({
  asked,
  result,
}: {
  readonly asked: SimulateViewProps["asked"];
  readonly result: Simulated;
}) {
  const { service, severity, at, timezone } = asked;
  const { team, steps, fallback, coverage_gaps: gaps } = result;
  const local = (instant: string) => formatLocal(Date.parse(instant), timezone);
  return (
    <>
      <p>
        <SeverityMark severity={severity} /> <bdi>{service}</bdi>, opened {formatLocal(at, timezone)} (
        {timezone}), belongs to team{" "}
        <a href={pageHref("team-on-call", { team })}>
          <bdi>{team}</bdi>
        </a>
        .
      </p>
      <Rules routing={result.routing} />
      <Suppression {...result} local={local} />
      {result.urgency === "low" && steps.length + (fallback ? 1 : 0) > 0 && (
        <p class="notice">
          Low urgency: it notifies once and does not escalate.
          {result.raises_at !== null && ` It becomes high on ${local(result.raises_at)} if it is still open.`}
        </p>
      )}
      {fallback && (
        <p class="notice trouble">
          {steps.length === 0
            ? "No one is on call"
            : `After ${formatDuration(Date.parse(fallback.at) - at)} no one is on call at the remaining levels`}
          . <bdi>{fallback.email}</bdi> is paged instead.
        </p>
      )}
      <ol class="event-list chain">
        {steps.map((step) => (
          <li class="escalated">
            <p class="when">
              {Date.parse(step.at) === at
                ? "Immediately"
                : `After ${formatDuration(Date.parse(step.at) - at)}`}
              , {local(step.at)} · level {step.level}
              {step.pass > 1 && `, pass ${step.pass}`}
            </p>
            {step.pages.map((page) => (
              <Page page={page} local={local} />
            ))}
          </li>
        ))}
        {fallback && steps.length > 0 && (
          <li class="escalated">
            <p class="when">
              After {formatDuration(Date.parse(fallback.at) - at)}, {local(fallback.at)} · fallback
            </p>
            {fallback.pages.map((page) => (
              <Page page={page} local={local} />
            ))}
          </li>
        )}
        {steps.length > 0 && (
          <li class="quiet">
            {result.resolved_at === null
              ? "No one else is paged."
              : `Auto-resolves at ${local(result.resolved_at)} unless another alert arrives.`}
          </li>
        )}
      </ol>
      {result.announcements.length > 0 && (
        <section aria-labelledby="announcements">
          <h2 id="announcements">Team channels</h2>
          <ul>
            {result.announcements.map(({ at, event, channel, address }) => (
              <li>
                {local(at)}: {event}, by {channel} to <bdi>{address}</bdi>
              </li>
            ))}
          </ul>
        </section>
      )}
      {gaps.length > 0 && (
        <section aria-labelledby="gaps">
          <h2 id="gaps">Coverage gaps within 30 days</h2>
          <ul>
            {gaps.slice(0, gapsListed).map(({ start, end }) => (
              <li>
                <span class="who gap">No one</span> {local(start)} to {local(end)}
              </li>
            ))}
          </ul>
          {gaps.length > gapsListed && <p class="quiet">And {gaps.length - gapsListed} more.</p>}
        </section>
      )}
    </>
  );
}
