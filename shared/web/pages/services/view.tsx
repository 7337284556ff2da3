import { formatDuration } from "../../../domain/duration.ts";
import { serviceBase } from "../../../domain/edit-base.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import { formatExactly } from "../../components/duration.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { fieldsOf } from "../../components/forms/field-state.ts";
import { Suggestions, TextField } from "../../components/forms/fields.tsx";
import { ListPages } from "../../components/list-pages.tsx";
import { Name } from "../../components/name.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface ServicesViewProps extends Viewing {
  readonly services: readonly Service[];
  /** Suggested teams. */
  readonly teams: readonly string[];
  /** The service to edit. */
  readonly chosen: Service | undefined;
  readonly first: boolean;
  readonly next: string | null;
}

/** Services with their teams, and the form that adds or edits one. */
export function ServicesView(props: ServicesViewProps) {
  const { services, first, next, viewer, now } = props;
  return (
    <>
      <h1>Services</h1>
      <p class="lead">
        Which team is paged for each service. Unlisted services go to the team with the same name, or the
        default team.
      </p>
      <div class="columns">
        <div>
          {services.length === 0 ? (
            <p class="empty">No services yet. Add one to choose the team that is paged.</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">Service</th>
                  <th scope="col">Team</th>
                  <th scope="col">Auto-resolve</th>
                  <th scope="col" class="wide">
                    Updated
                  </th>
                </tr>
              </thead>
              <tbody>
                {services.map(({ name, team, autoResolveSeconds, updatedAt }) => (
                  <tr>
                    <th scope="row">
                      <a href={`${pageHref("services", { service: name })}#save-service-service`}>
                        <Name>{name}</Name>
                      </a>
                    </th>
                    <td>
                      <Name>{team}</Name>
                    </td>
                    <td class={autoResolveSeconds === null ? "quiet" : undefined}>
                      {autoResolveSeconds === null ? "Off" : `After ${formatExactly(autoResolveSeconds)}`}
                    </td>
                    <td class="quiet wide">
                      <Ago at={updatedAt} now={now} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <ListPages page="services" first={first} next={next} />
        </div>
        {viewer.mayWrite && <ServiceForm {...props} />}
      </div>
    </>
  );
}

function ServiceForm({ chosen, teams, ...viewing }: ServicesViewProps) {
  const field = fieldsOf("save-service", viewing.formErrors);
  const seconds = chosen?.autoResolveSeconds ?? null;
  return (
    <section>
      <ActionForm action="save-service" viewing={viewing} class="panel stack">
        <h2>{chosen ? "Edit service" : "Add a service"}</h2>
        <input type="hidden" name="base" value={chosen ? serviceBase(chosen) : ""} autocomplete="off" />
        <TextField
          field={field("service")}
          label="Service"
          value={chosen?.name ?? ""}
          required
          maxlength={255}
        />
        <TextField
          field={field("team")}
          label="Team"
          value={chosen?.team ?? ""}
          list="teams"
          required
          maxlength={255}
        />
        <Suggestions id="teams" values={teams} />
        <TextField
          field={field("auto_resolve")}
          label="Auto-resolve after"
          value={seconds === null ? "" : formatDuration(seconds)}
          placeholder="Off"
          maxlength={64}
          hint="Time without new alerts, e.g. 30 min or 2 h. Optional. Leave empty to disable."
        />
        <div class="button-row">
          <button type="submit" class="primary">
            Save service
          </button>
          {chosen && <a href={pageHref("services")}>Add another service</a>}
        </div>
      </ActionForm>
    </section>
  );
}
