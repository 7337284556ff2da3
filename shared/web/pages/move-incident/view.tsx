import type { Incident } from "../../../domain/incidents/incident.ts";
import { limits } from "../../../domain/limits.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { Suggestions, TextField } from "../../components/forms/fields.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { IncidentCrumbs } from "../../components/incident/incident-crumbs.tsx";
import { shortTitle } from "../../components/incident/incident-rows.tsx";
import { Name } from "../../components/name.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface MoveIncidentViewProps extends Viewing {
  readonly incident: Incident;
  /** Suggested services and teams. */
  readonly services: readonly string[];
  readonly teams: readonly string[];
}

/** The form that moves an incident to another service or team. */
export function MoveIncidentView({ incident, services, teams, ...viewing }: MoveIncidentViewProps) {
  const field = fieldsOf("move-incident", viewing.formErrors);
  return (
    <>
      <IncidentCrumbs incident={incident} />
      <h1>Move #{incident.number}</h1>
      <p class="lead">
        <Name>{shortTitle(incident)}</Name>
      </p>
      {incident.status !== "resolved" && (
        <p class="lead">
          Another team is paged from the first rule of its escalation policy, even if the incident is
          acknowledged. The assignee is removed.
        </p>
      )}
      <div class="narrow">
        <ActionForm
          action="move-incident"
          params={{ id: incident.number }}
          viewing={viewing}
          class="panel stack"
        >
          <TextField
            field={field("service")}
            label="Service"
            value={incident.service}
            list="services"
            maxlength={limits.serviceLength}
            required
          />
          <Suggestions id="services" values={services} />
          <TeamField
            field={field("team")}
            teams={teams}
            hint={`Optional. It belongs to ${incident.team}. Leave empty for the team that owns the service.`}
          />
          <div class="button-row">
            <button type="submit" class="primary">
              Move incident
            </button>
            <a href={pageHref("incident", { id: incident.number })}>Cancel</a>
          </div>
        </ActionForm>
      </div>
    </>
  );
}
