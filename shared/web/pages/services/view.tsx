import { formatDuration } from "../../components/duration.ts";
import { SeverityMark } from "../../components/marks.tsx";
import { Name } from "../../components/name.tsx";
import { ListPages } from "../../components/navigation/list-pages.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import type { ListedService } from "./listed-services.ts";
import { ServiceForm } from "./service-form.tsx";

interface ServicesViewProps extends Viewing {
  /** Most unresolved incidents first. */
  readonly services: readonly ListedService[];
  /** True if there are more unresolved incidents than those counted. */
  readonly moreIncidents: boolean;
  /** Suggested teams. */
  readonly teams: readonly string[];
  readonly first: boolean;
  readonly next: string | null;
}

/** Services with their teams and unresolved incidents, and the form that adds one. */
export function ServicesView(props: ServicesViewProps) {
  const { services, moreIncidents, teams, first, next, ...viewing } = props;
  return (
    <>
      <h1>Services</h1>
      <p class="lead">
        Which team is paged for each service. Unlisted services go to the team with the same name, or the
        default team.
      </p>
      <div class="columns wide-first">
        <div>
          {services.length === 0 ? (
            <p class="empty">No services yet. Add one to choose the team that is paged.</p>
          ) : (
            <table class="service-list">
              <thead>
                <tr>
                  <th scope="col">Service</th>
                  <th scope="col">Unresolved</th>
                  <th scope="col">Team</th>
                  <th scope="col" class="wide">
                    Auto-resolve
                  </th>
                </tr>
              </thead>
              <tbody>
                {services.map((service) => (
                  <ServiceRow service={service} />
                ))}
              </tbody>
            </table>
          )}
          {moreIncidents && <p class="quiet">The latest unresolved incidents are counted.</p>}
          <ListPages page="services" first={first} next={next} />
        </div>
        {viewing.viewer.may("manage") && (
          <section>
            <ServiceForm viewing={viewing} teams={teams} />
          </section>
        )}
      </div>
    </>
  );
}

function ServiceRow({
  service: { name, team, settings, incidents, worst },
}: {
  readonly service: ListedService;
}) {
  const seconds = settings?.autoResolveSeconds ?? null;
  return (
    <tr id={`service-${encodeURIComponent(name)}`}>
      <th scope="row">
        <a href={pageHref("service", { service: name })}>
          <Name>{name}</Name>
        </a>
      </th>
      <td class={worst === null ? "quiet" : undefined}>
        {worst === null ? (
          "None"
        ) : (
          <a href={pageHref("incidents", { service: name })} class="unresolved">
            {incidents} <SeverityMark severity={worst} />
          </a>
        )}
      </td>
      <td>
        <a href={pageHref("team-on-call", { team })}>
          <Name>{team}</Name>
        </a>
      </td>
      <td class={seconds === null ? "quiet wide" : "wide"}>
        {seconds === null ? "Off" : `After ${formatDuration(seconds * 1_000)}`}
      </td>
    </tr>
  );
}
