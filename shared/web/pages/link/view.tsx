import type { PropsWithChildren } from "hono/jsx";
import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { currentStatus } from "../../../domain/incidents/current-status.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import {
  type ActionOutcome,
  type IncidentAction,
  statusAfter,
} from "../../../domain/incidents/incident-action.ts";
import { unansweredResponder } from "../../../domain/incidents/responders.ts";
import { snoozeChoices, snoozeNames } from "../../../domain/incidents/snooze/snooze-choice.ts";
import type { TimelineEntry } from "../../../domain/incidents/timeline.ts";
import { limits } from "../../../domain/limits.ts";
import { isActor } from "../../../domain/person.ts";
import type { Link } from "../../../http/tokens/links.ts";
import type { NextPaging } from "../../../use-cases/oncall/read-paging.ts";
import { By } from "../../components/by.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { TextArea, TextField } from "../../components/forms/fields.tsx";
import { AlertGroups } from "../../components/incident/alert-groups.tsx";
import { IncidentHeading } from "../../components/incident/incident-heading.tsx";
import { IncidentTimeline } from "../../components/incident/incident-timeline.tsx";
import { LinkButtons } from "../../components/incident/link-buttons.tsx";
import type { Markup } from "../../components/incident/markup.tsx";
import { PagingState } from "../../components/incident/paging-state.tsx";
import { Moment } from "../../components/time.tsx";

/** The result of an action. */
export type LinkNotice =
  | { readonly kind: "done"; readonly text: string }
  /** `until` is in epoch milliseconds. */
  | { readonly kind: "snoozed"; readonly until: number }
  | { readonly kind: "trouble"; readonly text: string; readonly status: 409 | 422 }
  | { readonly kind: "responded"; readonly action: IncidentAction; readonly outcome: ActionOutcome };

interface LinkViewProps {
  readonly link: Link;
  readonly incident: Incident;
  /** The latest alerts, newest first. */
  readonly alerts: readonly RecordedAlert[];
  /** The latest entries, oldest first. */
  readonly timeline: readonly TimelineEntry[];
  readonly next: NextPaging | null;
  /** Epoch milliseconds. */
  readonly now: number;
  readonly markup: Markup;
  readonly notice: LinkNotice | null;
}

/** The incident of a link with its actions. It links to no other page of the platform. */
export function LinkView(props: LinkViewProps) {
  const { link, incident, alerts, timeline, next, now, markup } = props;
  const { service, team, description, status } = incident;
  return (
    <>
      <Notice {...props} />
      <IncidentHeading incident={incident} now={now}>
        <span>
          <bdi>{service}</bdi> · <bdi>{team}</bdi>
        </span>
      </IncidentHeading>
      {status !== "resolved" && <RespondForm link={link} incident={incident} />}
      <LinkButtons links={incident.links} />
      {status !== "resolved" && <SnoozeFold />}
      {status !== "resolved" && (
        <LinkFold id="escalate" name="Escalate" action="escalate" button="Escalate incident">
          <p class="quiet">Immediately pages the next escalation level.</p>
          <TextField field={plainField("reason")} label="Reason (optional)" maxlength={limits.noteLength} />
        </LinkFold>
      )}
      <LinkFold id="add-note" name="Add note" action="note" button="Add note">
        <TextArea
          field={plainField("content")}
          label="Note"
          rows={3}
          required
          maxlength={limits.noteLength}
        />
      </LinkFold>
      <p class="recorded-as quiet">
        Your actions are recorded as <bdi>{link.actor}</bdi>. Anyone with this link can use this page.
      </p>
      <PagingState incident={incident} timeline={timeline} next={next} now={now} />
      {description !== null && (
        <section aria-labelledby="description">
          <h2 id="description">Description</h2>
          {markup(description)}
        </section>
      )}
      <AlertGroups alerts={alerts} total={incident.alertCount} now={now} />
      <section aria-labelledby="timeline">
        <h2 id="timeline">Timeline</h2>
        <IncidentTimeline timeline={timeline} now={now} markup={markup} />
      </section>
    </>
  );
}

/** Returns true if the person was asked to help, and has not answered. */
function isAsked(incident: Incident, actor: string): boolean {
  return unansweredResponder(incident, (person) => isActor(person, actor)) !== undefined;
}

const verbs = { acknowledge: "Acknowledge", resolve: "Resolve" } as const;

function RespondForm({ link, incident }: Pick<LinkViewProps, "link" | "incident">) {
  const isAnswer = incident.status !== "open" && isAsked(incident, link.actor);
  const possible: readonly IncidentAction[] =
    incident.status === "open" || isAnswer ? ["acknowledge", "resolve"] : ["resolve"];
  const [primary] = possible.filter((action) => action === link.action).concat(possible);
  const ordered = possible.toSorted((a, b) => Number(b === primary) - Number(a === primary));
  return (
    <form method="post" action="?" class="stack link-actions">
      {ordered.map((action) => (
        <button type="submit" name="do" value={action} class={action === primary ? "primary" : undefined}>
          {action === "acknowledge" && isAnswer ? "Answer request for help" : `${verbs[action]} incident`}
        </button>
      ))}
    </form>
  );
}

/** A folded form with one action. */
function LinkFold({
  id,
  name,
  action,
  button,
  children,
}: PropsWithChildren<{
  readonly id: string;
  readonly name: string;
  readonly action: string;
  readonly button: string;
}>) {
  return (
    <details class="fold" id={id}>
      <summary>{name}</summary>
      <form method="post" action="?" class="stack">
        {children}
        <button type="submit" name="do" value={action}>
          {button}
        </button>
      </form>
    </details>
  );
}

/** One button per duration. */
function SnoozeFold() {
  return (
    <details class="fold" id="snooze">
      <summary>Snooze</summary>
      <form method="post" action="?" class="stack">
        <p class="quiet">Acknowledges the incident until then. After that, it pages the person on call.</p>
        <input type="hidden" name="do" value="snooze" />
        <div class="button-row">
          {snoozeChoices.map((choice) => (
            <button type="submit" name="for" value={choice}>
              Snooze {snoozeNames[choice]}
            </button>
          ))}
        </div>
      </form>
    </details>
  );
}

/** The result of an action, or the reason why the action of the link is no longer needed. */
function Notice({ notice, incident, link }: LinkViewProps) {
  const shown = notice ?? withoutNeed(link, incident);
  return (
    <div role="status">
      {shown?.kind === "responded" && <Response {...shown} incident={incident} />}
      {shown?.kind === "snoozed" && (
        <p class="notice done">
          Snoozed until <Moment at={shown.until} />. After that, it pages the person on call.
        </p>
      )}
      {(shown?.kind === "done" || shown?.kind === "trouble") && (
        <p class={`notice ${shown.kind}`}>
          <bdi>{shown.text}</bdi>
        </p>
      )}
    </div>
  );
}

function withoutNeed({ action, actor }: Link, incident: Incident): LinkNotice | null {
  const { status } = incident;
  if (action === "view" || (action === "acknowledge" && isAsked(incident, actor))) return null;
  if (status === statusAfter[action]) return { kind: "responded", action, outcome: "already" };
  return status === "resolved" ? { kind: "responded", action, outcome: "too_late" } : null;
}

function Response({
  incident,
  action,
  outcome,
}: LinkNotice & { readonly kind: "responded" } & Pick<LinkViewProps, "incident">) {
  const { status, since, by } = currentStatus(incident);
  if (outcome === "answered")
    return <p class="notice done">Your answer to the request for help is recorded.</p>;
  return (
    <p class={outcome === "too_late" ? "notice trouble" : "notice done"}>
      Incident #{incident.number} is {outcome === "done" ? "" : "already "}
      {status}. {outcome === "too_late" && `It can no longer be ${statusAfter[action]}. `}
      {outcome !== "done" && (
        <>
          It was {status} <By actor={by} /> at <Moment at={since} />.
        </>
      )}
    </p>
  );
}
