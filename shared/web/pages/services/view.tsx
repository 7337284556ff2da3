import { formatDuration } from "../../../domain/duration.ts";
import { serviceBase } from "../../../domain/edit-base.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import { ActionForm } from "../../components/action-form.tsx";
import { Ago } from "../../components/duration.tsx";
import { fieldsOf, LabelledInput } from "../../components/field.tsx";
import { ListPages } from "../../components/list-pages.tsx";
import { SettingsTabs } from "../../components/settings-tabs.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface ServicesViewProps extends Viewing {
  readonly services: readonly Service[];
  /** Teams to select from. */
  readonly teams: readonly string[];
  /** The selected service. */
  readonly chosen: Service | undefined;
  readonly first: boolean;
  readonly next: string | null;
}

/** Services and their owners. */
export function ServicesView(props: ServicesViewProps) {
  const { services, first, next, viewer, now } = props;
  return (
    <>
      <SettingsTabs page="services" />
      <h1>Services</h1>
      <p class="lead">
        The team that is paged for a service. One that is not listed belongs to the team of the same name,
        else to the default team.
      </p>
      <div class="columns">
        <div>
          {services.length === 0 ? (
            <p class="empty">No service was given to a team yet.</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th scope="col">Service</th>
                  <th scope="col">Team</th>
                  <th scope="col">Resolves itself</th>
                  <th scope="col" class="wide">
                    Changed
                  </th>
                </tr>
              </thead>
              <tbody>
                {services.map(({ name, team, autoResolveSeconds, updatedAt }) => (
                  <tr>
                    <th scope="row">
                      <a href={`${pageHref("services", { service: name })}#save-service-service`}>
                        <bdi>{name}</bdi>
                      </a>
                    </th>
                    <td>
                      <bdi>{team}</bdi>
                    </td>
                    <td class={autoResolveSeconds === null ? "quiet" : undefined}>
                      {autoResolveSeconds === null ? "never" : `after ${formatDuration(autoResolveSeconds)}`}
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
        <h2>{chosen ? "Change a service" : "Give a service to a team"}</h2>
        <input type="hidden" name="base" value={chosen ? serviceBase(chosen) : ""} autocomplete="off" />
        <LabelledInput
          field={field("service")}
          label="Service"
          value={chosen?.name ?? ""}
          required
          maxlength={255}
        />
        <LabelledInput
          field={field("team")}
          label="Team"
          value={chosen?.team ?? ""}
          list="teams"
          required
          maxlength={255}
        />
        <datalist id="teams">
          {teams.map((team) => (
            <option value={team} />
          ))}
        </datalist>
        <LabelledInput
          field={field("auto_resolve")}
          label="Its incidents resolve themselves after"
          value={seconds === null ? "" : formatDuration(seconds)}
          placeholder="never"
          maxlength={64}
          hint="Without a new alert for so long, like 30 min or 2 h. Empty: never."
        />
        <div class="answers">
          <button type="submit" class="primary">
            Save
          </button>
          {chosen && <a href={pageHref("services")}>Another one</a>}
        </div>
      </ActionForm>
    </section>
  );
}
