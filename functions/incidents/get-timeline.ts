import { getTimelineContract } from "../../shared/contracts/incidents/get-timeline.ts";
import { presentTimelineEntry } from "../../shared/contracts/incidents/timeline.ts";
import { readIncidentDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { readTimeline } from "../../shared/use-cases/incidents/read-incident.ts";

export const handler = endpoint(getTimelineContract, async ({ params }) => ({
  body: { timeline: (await readTimeline(readIncidentDeps(), params.id)).map(presentTimelineEntry) },
}));
