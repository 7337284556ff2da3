import type { Incident } from "../../../domain/incidents/incident.ts";
import { limits } from "../../../domain/limits.ts";
import type { Person } from "../../../domain/person.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { TextArea, TextField } from "../../components/forms/fields.tsx";
import { PeopleList } from "../../components/forms/person-field.tsx";
import { TeamField } from "../../components/forms/team-field.tsx";
import { IncidentCrumbs } from "../../components/incident/incident-crumbs.tsx";
import { shortTitle } from "../../components/incident/incident-rows.tsx";
import { Name } from "../../components/name.tsx";
import { formatPerson } from "../../site/forms/person-input.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface RequestRespondersViewProps extends Viewing {
  readonly incident: Incident;
  /** People of its team, those on call first. */
  readonly people: readonly Person[];
  /** Suggested people and teams. */
  readonly others: readonly Person[];
  readonly teams: readonly string[];
}

/** People of the team that can be selected; others are typed. */
const mostShown = 20;

/** The form that asks people to help with an incident. */
export function RequestRespondersView(props: RequestRespondersViewProps) {
  const { incident, people, others, teams, ...viewing } = props;
  const field = fieldsOf("request-responders", viewing.formErrors);
  const shown = people.slice(0, mostShown);
  const asked = new Set((incident.responders ?? []).map(({ email }) => email));
  return (
    <>
      <IncidentCrumbs incident={incident} />
      <h1>Request responders for #{incident.number}</h1>
      <p class="lead">
        <Name>{shortTitle(incident)}</Name>
      </p>
      <p class="lead">They are paged immediately, according to their notification rules.</p>
      <div class="narrow">
        <ActionForm
          action="request-responders"
          params={{ id: incident.number }}
          viewing={viewing}
          class="panel stack"
        >
          {shown.length > 0 && (
            <fieldset>
              <legend>
                People of <bdi>{incident.team}</bdi>
              </legend>
              {shown.map((person) => (
                <label class="check">
                  <input type="checkbox" name="people" value={formatPerson(person)} />{" "}
                  <bdi>{person.name}</bdi>{" "}
                  <span class="quiet">
                    <bdi>{person.email}</bdi>
                    {asked.has(person.email) && ", asked before"}
                  </span>
                </label>
              ))}
            </fieldset>
          )}
          <TextField
            field={field("person")}
            label="Another person"
            list="people"
            placeholder="Ada <ada@example.com>"
            hint="Optional."
          />
          <PeopleList people={others} />
          <TeamField
            field={field("team")}
            teams={teams}
            hint="Optional. Pages the people whom the first rule of its escalation policy reaches now."
          />
          <TextArea
            field={field("message")}
            label="Message"
            rows={3}
            maxlength={limits.responderMessageLength}
            hint="Optional. Part of the page."
          />
          <div class="button-row">
            <button type="submit" class="primary">
              Request responders
            </button>
            <a href={pageHref("incident", { id: incident.number })}>Cancel</a>
          </div>
        </ActionForm>
      </div>
    </>
  );
}
