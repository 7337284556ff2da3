import { presentTimelineEntry } from "../../shared/contracts/incidents/timeline.ts";
import { showLinkContract } from "../../shared/contracts/web/show-link.ts";
import { openLink } from "../../shared/runtime/links.ts";
import { pageEndpoint, pageResponse } from "../../shared/runtime/page-endpoint.ts";
import { incidentEvents, incidents, notifications } from "../../shared/runtime/stores.ts";
import { findIncident } from "../../shared/use-cases/incidents/find-incident.ts";
import { readHistory } from "../../shared/use-cases/incidents/read-incident.ts";
import { confirmPage } from "../../shared/web/pages/link/answer-pages.tsx";
import { incidentPage } from "../../shared/web/pages/link/incident-page.tsx";

const linesShown = 20;

export const handler = pageEndpoint(showLinkContract, async ({ params: { token }, now }) => {
  const { incidentId, action, actor } = await openLink(token, now);
  const deps = { incidents: incidents(), incidentEvents: incidentEvents(), notifications: notifications() };
  const incident = await findIncident(deps, incidentId);
  if (action !== "view") return pageResponse(confirmPage({ incident, answer: action, actor, now }));
  const { timeline } = await readHistory(deps, incident);
  const latest = timeline
    .slice(-linesShown)
    .toReversed()
    .map((entry) => ({ at: entry.at, message: presentTimelineEntry(entry).message }));
  return pageResponse(incidentPage({ incident, timeline: latest, now }));
});
