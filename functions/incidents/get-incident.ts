import { presentAlert } from "../../shared/contracts/alerts/alert.ts";
import { presentChange } from "../../shared/contracts/incidents/change.ts";
import { getIncidentContract } from "../../shared/contracts/incidents/get-incident.ts";
import { presentIncident, presentNote } from "../../shared/contracts/incidents/incident.ts";
import { presentTimelineEntry } from "../../shared/contracts/incidents/timeline.ts";
import { readIncidentDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { readIncident } from "../../shared/use-cases/incidents/read-incident.ts";

export const handler = endpoint(getIncidentContract, async ({ params }) => {
  const { incident, alerts, notes, timeline, changes } = await readIncident(readIncidentDeps(), params.id);
  return {
    body: {
      ...presentIncident(incident),
      alerts: alerts.map(presentAlert),
      notes: notes.map(presentNote),
      timeline: timeline.map(presentTimelineEntry),
      changes: changes.map(presentChange),
    },
  };
});
