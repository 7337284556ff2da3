import { incidentParams } from "../../../contracts/incidents/params.ts";
import { presentTimelineEntry } from "../../../contracts/incidents/timeline.ts";
import type { readIncident } from "../../../use-cases/incidents/read-incident.ts";
import type { suggestAssignees } from "../../../use-cases/oncall/suggest-assignees.ts";
import { page } from "../../site/page.ts";
import type { Wired } from "../../site/use-case.ts";
import { IncidentView } from "./view.tsx";

interface UseCases {
  readonly readIncident: Wired<typeof readIncident>;
  readonly suggestAssignees: Wired<typeof suggestAssignees>;
}

export const incidentPage = page(
  { params: incidentParams },
  async ({ params, ...viewing }, { readIncident, suggestAssignees }: UseCases) => {
    const { incident, alerts, timeline } = await readIncident(params.id);
    const people = await suggestAssignees(incident.team, viewing.now);
    const lines = timeline.map((entry) => ({ entry, message: presentTimelineEntry(entry).message }));
    return {
      title: `#${incident.number}`,
      everySeconds: 5,
      content: (
        <IncidentView {...viewing} incident={incident} alerts={alerts} timeline={lines} people={people} />
      ),
    };
  },
);
