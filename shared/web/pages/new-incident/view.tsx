import { limits } from "../../../domain/limits.ts";
import type { Person } from "../../../domain/person.ts";
import { severities } from "../../../domain/severity.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { optionsOf, SelectField, Suggestions, TextArea, TextField } from "../../components/forms/fields.tsx";
import { PeopleList } from "../../components/forms/person-field.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface NewIncidentViewProps extends Viewing {
  /** Initial value. */
  readonly service: string;
  /** Suggested services and teams. */
  readonly services: readonly string[];
  readonly teams: readonly string[];
  /** People to whom it can be assigned. */
  readonly people: readonly Person[];
}

/** The form that declares an incident. */
export function NewIncidentView({ service, services, teams, people, ...viewing }: NewIncidentViewProps) {
  const field = fieldsOf("create-incident", viewing.formErrors);
  return (
    <>
      <h1>Declare an incident</h1>
      <p class="lead">The person on call is paged immediately.</p>
      <div class="narrow">
        <ActionForm action="create-incident" viewing={viewing} class="panel stack">
          <TextField field={field("title")} label="Title" required maxlength={limits.titleLength} />
          <TextField
            field={field("service")}
            label="Service"
            value={service}
            list="services"
            required
            maxlength={limits.serviceLength}
          />
          <Suggestions id="services" values={services} />
          <SelectField
            field={field("severity")}
            label="Severity"
            value="high"
            options={optionsOf(severities)}
          />
          <TeamField
            field={field("team")}
            teams={teams}
            hint="Optional. Leave empty to page the team that owns the service."
          />
          <TextField
            field={field("assignee")}
            label="Assign to"
            list="people"
            placeholder="Ada <ada@example.com>"
            hint="Optional. The person on call is paged in any case."
          />
          <PeopleList people={people} />
          <TextArea field={field("description")} label="Description" rows={4} hint="Optional." />
          <div class="button-row">
            <button type="submit" class="primary">
              Declare incident
            </button>
            <a href={pageHref("incidents")}>Cancel</a>
          </div>
        </ActionForm>
      </div>
    </>
  );
}
