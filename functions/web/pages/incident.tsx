import { incidentParams } from "../../../shared/contracts/incidents/params.ts";
import { presentTimelineEntry } from "../../../shared/contracts/incidents/timeline.ts";
import { page } from "../../../shared/http/site.ts";
import { IncidentView } from "../../../shared/pages/incident-view.tsx";
import { readIncidentDeps } from "../../../shared/runtime/deps.ts";
import { rotas } from "../../../shared/runtime/stores.ts";
import { readIncident } from "../../../shared/use-cases/incidents/read-incident.ts";
import { onCallOf } from "../../../shared/use-cases/oncall/on-call-of.ts";

export const incidentPage = page("incident", { params: incidentParams }, async ({ params, ...viewing }) => {
  const { incident, alerts, timeline } = await readIncident(readIncidentDeps(), params.id);
  const people = await onCallOf({ rotas: rotas() }, incident.team, viewing.now);
  const story = timeline.map((entry) => ({ entry, message: presentTimelineEntry(entry).message }));
  return {
    title: `#${incident.number}`,
    everySeconds: 5,
    content: <IncidentView {...viewing} incident={incident} alerts={alerts} story={story} people={people} />,
  };
});
