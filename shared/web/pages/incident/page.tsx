import { incidentParams } from "../../../contracts/incidents/params.ts";
import type { readIncident } from "../../../use-cases/incidents/read-incident.ts";
import type { readPaging } from "../../../use-cases/oncall/read-paging.ts";
import { suggestedPeople } from "../../components/forms/person-field.tsx";
import { loadMarkup } from "../../components/incident/markup.tsx";
import { page } from "../../site/page.ts";
import type { RecentPeople, Wired } from "../../site/use-case.ts";
import { IncidentView } from "./view.tsx";

interface UseCases {
  readonly readIncident: Wired<typeof readIncident>;
  readonly readPaging: Wired<typeof readPaging>;
  readonly recentPeople: RecentPeople;
}

/** Reads the incident, its latest 100 alerts (50 units), 20 changes, 200 events, notes and notifications, and the paging. */
export const incidentPage = page(
  { params: incidentParams },
  async ({ params, ...viewing }, { readIncident, readPaging, recentPeople }: UseCases) => {
    const { incident, alerts, changes, notes, timeline } = await readIncident(params.id);
    const { people: team, ...next } = await readPaging(incident, viewing.now);
    const paging = { ...next, people: suggestedPeople(team, (await recentPeople(viewing.now)).value) };
    const markup = await loadMarkup([incident.description ?? "", ...notes.map(({ content }) => content)]);
    return {
      title: `#${incident.number}`,
      // A refresh would remove the errors from the form.
      ...(!viewing.formErrors && { everySeconds: 5 }),
      content: <IncidentView {...viewing} {...{ incident, alerts, changes, timeline, paging, markup }} />,
    };
  },
);
