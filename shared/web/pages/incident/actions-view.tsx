import type { PropsWithChildren } from "hono/jsx";
import { isSnoozed } from "../../../domain/incidents/incident.ts";
import { isReopenable } from "../../../domain/incidents/lifecycle.ts";
import { havePaged, involves } from "../../../domain/incidents/responders.ts";
import { urgencies } from "../../../domain/incidents/urgency-level.ts";
import { limits } from "../../../domain/limits.ts";
import { severities } from "../../../domain/severity.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, TextArea, TextField } from "../../components/forms/fields.tsx";
import { PeopleList, PersonField } from "../../components/forms/person-field.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { IncidentViewProps } from "./props.ts";
import { SnoozeForm } from "./snooze-form.tsx";

/** The actions on an incident: one row of buttons. Those that need input unfold. */
export function IncidentActions(props: IncidentViewProps) {
  const { incident, alerts, viewer } = props;
  const { team } = incident;
  const unresolved = incident.status !== "resolved";
  if (!viewer.may("respond", { team })) return <AcknowledgeOnly {...props} />;
  const alert = alerts.find(({ action }) => action === "trigger");
  return (
    <div class="incident-actions">
      {unresolved && <RespondForm {...props} />}
      {incident.status !== "open" && <ReopenForm {...props} />}
      {unresolved && (
        <Fold id="snooze" name="Snooze" action="snooze-incident" viewing={props}>
          <SnoozeForm {...props} />
        </Fold>
      )}
      {unresolved && <EscalateForm {...props} />}
      {unresolved && <AssignForm {...props} />}
      {unresolved && (
        <a class="link-button" href={pageHref("request-responders", { id: incident.number })}>
          Request responders
        </a>
      )}
      <NoteForm {...props} />
      <EditForm {...props} />
      {incident.mergedInto === undefined && (
        <>
          <a class="link-button" href={pageHref("move-incident", { id: incident.number })}>
            Move
          </a>
          <a class="link-button" href={pageHref("merge-incident", { id: incident.number })}>
            Merge
          </a>
        </>
      )}
      {viewer.may("manage", { team: props.owner }) && (
        <a
          class="link-button"
          href={pageHref("new-silence", alert ? { alert: alert.id } : { service: incident.service })}
        >
          Silence similar alerts
        </a>
      )}
    </div>
  );
}

/** The action of someone who was paged without a role in the team. */
function AcknowledgeOnly({ incident, timeline, ...viewing }: IncidentViewProps) {
  const { email } = viewing.viewer;
  if (email === undefined || incident.status !== "open") return null;
  const events = timeline.flatMap((entry) => (entry.kind === "event" ? [entry.event] : []));
  if (!havePaged(events, email) && !involves(incident, email)) return null;
  return (
    <div class="incident-actions">
      <ActionForm action="respond-to-incidents" viewing={viewing} class="button-row" id="respond">
        <input type="hidden" name="incidents" value={incident.id} />
        <AcknowledgeButton primary />
      </ActionForm>
    </div>
  );
}

function AcknowledgeButton({ primary }: { readonly primary: boolean }) {
  return (
    <button
      id="acknowledge"
      type="submit"
      name="response"
      value="acknowledge"
      class={primary ? "primary" : ""}
      aria-keyshortcuts="a"
    >
      Acknowledge
    </button>
  );
}

function RespondForm({ incident, ...viewing }: IncidentViewProps) {
  return (
    <ActionForm action="respond-to-incidents" viewing={viewing} class="button-row" id="respond">
      <input type="hidden" name="incidents" value={incident.id} />
      {incident.status === "open" || isSnoozed(incident) ? (
        <AcknowledgeButton primary={incident.status === "open"} />
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

/** Opens an acknowledged or recently resolved incident again. */
function ReopenForm({ incident, ...viewing }: IncidentViewProps) {
  const { number, status } = incident;
  if (!isReopenable(incident, viewing.now)) return null;
  return (
    <ActionForm action="reopen-incident" params={{ id: number }} viewing={viewing}>
      <button type="submit" name="from" value={status}>
        {status === "resolved" ? "Reopen" : "Unacknowledge"}
      </button>
    </ActionForm>
  );
}

function EscalateForm({ incident, ...viewing }: IncidentViewProps) {
  const field = fieldsOf("escalate-incident", viewing.formErrors);
  return (
    <Fold id="escalate" name="Escalate" action="escalate-incident" viewing={viewing}>
      <ActionForm
        action="escalate-incident"
        params={{ id: incident.number }}
        viewing={viewing}
        class="panel stack"
      >
        <p class="quiet">Immediately pages the next escalation level.</p>
        <TextField field={field("reason")} label="Reason (optional)" maxlength={limits.noteLength} />
        <TextField
          field={field("team")}
          label="Team"
          value={incident.team}
          hint="Another team takes the incident over."
          required
        />
        <button type="submit">Escalate incident</button>
      </ActionForm>
    </Fold>
  );
}

function AssignForm({ incident, paging: { people }, ...viewing }: IncidentViewProps) {
  const params = { id: incident.number };
  const field = fieldsOf("assign-incident", viewing.formErrors);
  return (
    <Fold id="assign" name="Assign" action="assign-incident" viewing={viewing}>
      <div class="panel stack">
        <ActionForm action="assign-incident" params={params} viewing={viewing} class="stack">
          <PersonField field={field("person")} label="Assign to" viewing={viewing} people={people} />
          <PeopleList people={people} />
          <button type="submit">Assign incident</button>
        </ActionForm>
        {incident.assignedTo !== null && (
          <ActionForm action="assign-incident" params={params} viewing={viewing}>
            <button type="submit" name="unassign" value="yes" class="plain">
              Unassign <bdi>{incident.assignedTo.name}</bdi>
            </button>
          </ActionForm>
        )}
      </div>
    </Fold>
  );
}

function NoteForm({ incident, ...viewing }: IncidentViewProps) {
  const field = fieldsOf("add-note", viewing.formErrors);
  return (
    <Fold id="add-note" name="Add note" action="add-note" viewing={viewing}>
      <ActionForm action="add-note" params={{ id: incident.number }} viewing={viewing} class="panel stack">
        <TextArea
          field={field("content")}
          label="Note"
          rows={3}
          hint="Markdown: **bold**, - list, `code`, links."
          maxlength={limits.noteLength}
          required
        />
        <button type="submit">Save note</button>
      </ActionForm>
    </Fold>
  );
}

function EditForm({ incident, ...viewing }: IncidentViewProps) {
  const field = fieldsOf("edit-incident", viewing.formErrors);
  return (
    <Fold id="edit" name="Edit" action="edit-incident" viewing={viewing}>
      <ActionForm
        action="edit-incident"
        params={{ id: incident.number }}
        viewing={viewing}
        class="panel stack"
      >
        <TextField
          field={field("title")}
          label="Title"
          value={incident.title}
          maxlength={limits.titleLength}
          required
        />
        <SelectField
          field={field("severity")}
          label="Severity"
          value={incident.severity}
          options={optionsOf(severities)}
        />
        <SelectField
          field={field("urgency")}
          label="Urgency"
          value={incident.urgency ?? "high"}
          options={optionsOf(urgencies)}
          hint="Low urgency does not escalate."
        />
        <TextArea
          field={field("description")}
          label="Description"
          rows={4}
          value={incident.description ?? ""}
          hint="Optional. Markdown: **bold**, - list, `code`, links."
          maxlength={limits.descriptionLength}
        />
        <button type="submit">Save incident</button>
      </ActionForm>
    </Fold>
  );
}

interface FoldProps {
  readonly id: string;
  readonly name: string;
  /** The action of its form. It is open if the form was rejected. */
  readonly action: string;
  readonly viewing: Viewing;
}

function Fold({ id, name, action, viewing, children }: PropsWithChildren<FoldProps>) {
  return (
    <details id={id} open={viewing.formErrors?.action === action}>
      <summary>{name}</summary>
      {children}
    </details>
  );
}
