import type { RecordedAlert } from "../../../domain/alerts/alert.ts";
import { currentStatus } from "../../../domain/incidents/current-status.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { TimelineEntry } from "../../../domain/incidents/timeline.ts";
import type { Person } from "../../../domain/person.ts";
import { formatInstant, formatMinute } from "../../../domain/time.ts";
import { Detail } from "../../components/detail.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { PeopleList } from "../../components/forms/person-field.tsx";
import { By } from "../../components/incident-details.tsx";
import { shortTitle } from "../../components/incident-rows.tsx";
import { DeliveryShape, SeverityMark, StatusMark } from "../../components/marks.tsx";
import { Ago, Countdown } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface IncidentViewProps extends Viewing {
  readonly incident: Incident;
  /** The latest alerts, newest first. */
  readonly alerts: readonly RecordedAlert[];
  /** Timeline entries with their messages, oldest first. */
  readonly timeline: readonly { readonly entry: TimelineEntry; readonly message: string }[];
  /** People on call for its team. */
  readonly people: readonly Person[];
}

/** One incident: its status, timeline, details, alerts and actions. */
export function IncidentView(props: IncidentViewProps) {
  const { incident, alerts, timeline, viewer, now } = props;
  return (
    <>
      <p class="crumbs">
        <a href={pageHref("incidents")}>Incidents</a> <span aria-hidden="true">›</span> #{incident.number}
      </p>
      <h1 class="incident-title">
        <bdi>{shortTitle(incident)}</bdi>
      </h1>
      <Standing incident={incident} now={now} />
      {viewer.mayWrite && incident.status !== "resolved" && <RespondForm {...props} />}
      <div class="columns">
        <section aria-labelledby="timeline">
          <h2 id="timeline">Timeline</h2>
          {viewer.mayWrite && <NoteForm {...props} />}
          <ol class="event-list">
            {timeline.toReversed().map(({ entry, message }) => (
              <TimelineLine entry={entry} message={message} now={now} />
            ))}
          </ol>
        </section>
        <div>
          <Facts incident={incident} now={now} />
          {viewer.mayWrite && incident.status !== "resolved" && <Handover {...props} />}
          <section aria-labelledby="alerts">
            <h2 id="alerts">
              Alerts <span class="count">{incident.alertCount}</span>
            </h2>
            {alerts.length < incident.alertCount && (
              <p class="quiet">
                Showing the latest {alerts.length} of {incident.alertCount}.{" "}
                <a href={pageHref("alerts", { incident_id: incident.id })}>View all</a>
              </p>
            )}
            {alerts.map((alert) => (
              <Alert alert={alert} now={now} />
            ))}
          </section>
        </div>
      </div>
    </>
  );
}

function Standing({ incident, now }: { readonly incident: Incident; readonly now: number }) {
  const { status, since, by } = currentStatus(incident);
  const nextAt = incident.escalation?.nextAt ?? null;
  return (
    <p class="current-status">
      <SeverityMark severity={incident.severity} /> <StatusMark status={status} /> <By actor={by} />{" "}
      <Ago at={since} now={now} />
      {nextAt !== null && status === "open" && (
        <span class="next">
          {" "}
          · next escalation <Countdown at={nextAt} now={now} />
        </span>
      )}
    </p>
  );
}

function RespondForm({ incident, ...viewing }: IncidentViewProps) {
  return (
    <ActionForm action="respond-to-incidents" viewing={viewing} class="button-row" id="respond">
      <input type="hidden" name="incidents" value={incident.id} />
      {incident.status === "open" ? (
        <button
          id="acknowledge"
          type="submit"
          name="response"
          value="acknowledge"
          class="primary"
          aria-keyshortcuts="a"
        >
          Acknowledge
        </button>
      ) : (
        // Keeps its place, so that a double click does not resolve.
        <button id="acknowledged" type="submit" disabled>
          Acknowledged
        </button>
      )}
      <button
        id="resolve"
        type="submit"
        name="response"
        value="resolve"
        class={incident.status === "open" ? "" : "primary"}
        aria-keyshortcuts="r"
      >
        Resolve
      </button>
    </ActionForm>
  );
}

function Facts({ incident, now }: { readonly incident: Incident; readonly now: number }) {
  const { service, team, assignedTo, createdAt, source, dedupKey, description, escalation } = incident;
  return (
    <dl class="details">
      <Detail name="Service">
        <a href={pageHref("incidents", { service })}>
          <bdi>{service}</bdi>
        </a>
      </Detail>
      <Detail name="Team">
        <a href={pageHref("incidents", { team })}>
          <bdi>{team}</bdi>
        </a>
      </Detail>
      <Detail name="Assigned to">
        {assignedTo === null ? (
          "No one"
        ) : (
          <>
            <bdi>{assignedTo.name}</bdi> <span class="quiet">{assignedTo.email}</span>
          </>
        )}
      </Detail>
      <Detail name="Opened">
        <time datetime={formatInstant(createdAt)}>{formatMinute(createdAt)}</time>,{" "}
        <Ago at={createdAt} now={now} />
      </Detail>
      {escalation !== null && (
        <Detail name="Escalation">
          Level {escalation.level}, pass {escalation.pass}
        </Detail>
      )}
      <Detail name="Notifications">
        <a href={pageHref("notifications", { incident: incident.number })}>View notifications</a>
      </Detail>
      <Detail name="Source">
        <bdi>{source}</bdi>
      </Detail>
      {dedupKey !== null && (
        <Detail name="Dedup key">
          <code>
            <bdi>{dedupKey}</bdi>
          </code>
        </Detail>
      )}
      {description !== null && (
        <Detail name="Description">
          <bdi class="text">{description}</bdi>
        </Detail>
      )}
    </dl>
  );
}

/** Forms that escalate or assign the incident. */
function Handover({ incident, people, ...viewing }: IncidentViewProps) {
  const params = { id: incident.number };
  return (
    <>
      <details class="fold" id="escalate">
        <summary>Escalate</summary>
        <ActionForm action="escalate-incident" params={params} viewing={viewing} class="stack">
          <p class="quiet">Immediately pages the next escalation level.</p>
          <TextField field={plainField("reason")} label="Reason (optional)" maxlength={255} />
          <TextField field={{ id: "to-team", name: "team" }} label="Team" value={incident.team} required />
          <button type="submit">Escalate incident</button>
        </ActionForm>
      </details>
      <details class="fold" id="assign">
        <summary>Assign</summary>
        <ActionForm action="assign-incident" params={params} viewing={viewing} class="stack">
          <TextField
            field={plainField("person")}
            label="Assign to (leave empty to unassign)"
            list="people"
            placeholder="Ada <ada@example.com>"
          />
          <PeopleList people={people} />
          <button type="submit">Assign incident</button>
        </ActionForm>
      </details>
    </>
  );
}

function NoteForm({ incident, ...viewing }: IncidentViewProps) {
  return (
    <ActionForm action="add-note" params={{ id: incident.number }} viewing={viewing} class="note stack">
      <div class="field">
        <label for="note">Note</label>
        <textarea id="note" name="content" rows={2} required />
      </div>
      <button type="submit">Add note</button>
    </ActionForm>
  );
}

/** Returns the ID of an entry's subject, so that a refresh keeps its element. */
function idOf(entry: TimelineEntry): string {
  switch (entry.kind) {
    case "event":
      return entry.event.id;
    case "note":
      return entry.note.id;
    case "notification":
      return entry.notification.id;
  }
}

function TimelineLine({
  entry,
  message,
  now,
}: {
  readonly entry: TimelineEntry;
  readonly message: string;
  readonly now: number;
}) {
  const kind = entry.kind === "event" ? entry.event.type : entry.kind;
  return (
    <li id={idOf(entry)} class={kind}>
      <p class="when">
        <Ago at={entry.at} now={now} />
        {entry.kind === "note" && (
          <>
            {" "}
            <By actor={entry.note.author} />
          </>
        )}
      </p>
      {entry.kind === "notification" ? (
        <>
          <p>
            <DeliveryShape notification={entry.notification} />
            <bdi>{message}</bdi>
          </p>
          {(entry.notification.status !== "sent" || entry.notification.simulated) && (
            <Trouble entry={entry} />
          )}
        </>
      ) : (
        <p>
          <bdi class="text">{message}</bdi>
        </p>
      )}
    </li>
  );
}

/** The reason why a notification was not delivered. */
function Trouble({ entry }: { readonly entry: TimelineEntry & { readonly kind: "notification" } }) {
  const { reason, attempts } = entry.notification;
  const last = attempts.at(-1);
  const why = reason ?? (last && `attempt ${attempts.length}: ${last.detail}`);
  if (why === undefined) return null;
  return (
    <p class="quiet">
      <bdi>{why}</bdi>
    </p>
  );
}

function Alert({ alert, now }: { readonly alert: RecordedAlert; readonly now: number }) {
  const { id, severity, message, action, receivedAt, source } = alert;
  const labels = Object.entries(alert.labels);
  return (
    <details class="alert" id={id}>
      <summary>
        <SeverityMark severity={severity} /> {action !== "trigger" && <b>{action} </b>}
        <bdi>{message}</bdi>{" "}
        <span class="quiet">
          <Ago at={receivedAt} now={now} />
        </span>
      </summary>
      <dl class="details">
        <Detail name="Source">
          <bdi>{source}</bdi>
        </Detail>
        <Detail name="Received">{formatMinute(receivedAt)}</Detail>
        {labels.map(([name, value]) => (
          <Detail name={name}>
            <bdi>{String(value)}</bdi>
          </Detail>
        ))}
      </dl>
    </details>
  );
}
