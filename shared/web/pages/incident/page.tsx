import { incidentParams } from "../../../contracts/incidents/params.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import type { readIncident } from "../../../use-cases/incidents/read-incident.ts";
import type { readPaging } from "../../../use-cases/oncall/read-paging.ts";
import type { Page } from "../../../use-cases/ports/page.ts";
import { suggestedPeople } from "../../components/forms/person-field.tsx";
import { loadMarkup } from "../../components/incident/markup.tsx";
import { ownersIn } from "../../components/owner-of-service.ts";
import { page } from "../../site/page.ts";
import type { Cached, RecentPeople, Wired } from "../../site/use-case.ts";
import { IncidentView } from "./view.tsx";

interface UseCases {
  readonly readIncident: Wired<typeof readIncident>;
  readonly readPaging: Wired<typeof readPaging>;
  readonly recentPeople: RecentPeople;
  readonly recentServices: Cached<Page<Service>>;
}

/** Reads the incident, its latest 100 alerts (50 units), 20 changes, 200 events, notes and notifications, and the paging. Users and services are those of the last seconds. */
export const incidentPage = page(
  { params: incidentParams },
  async ({ params, ...viewing }, { readIncident, readPaging, recentPeople, recentServices }: UseCases) => {
    const { incident, alerts, changes, notes, timeline } = await readIncident(params.id);
    const [{ people: team, ...next }, { value: users }, { value: services }] = await Promise.all([
      readPaging(incident, viewing.now),
      recentPeople(viewing.now),
      recentServices(viewing.now),
    ]);
    const paging = { ...next, people: suggestedPeople(team, users) };
    const owner = ownersIn(services)(incident.service);
    const markup = await loadMarkup([incident.description ?? "", ...notes.map(({ content }) => content)]);
    return {
      title: `#${incident.number}`,
      // A refresh would remove the errors from the form.
      ...(!viewing.formErrors && { everySeconds: 5 }),
      content: (
        <IncidentView {...viewing} {...{ incident, alerts, changes, timeline, paging, owner, markup }} />
      ),
    };
  },
);
