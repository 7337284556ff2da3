import { followLinkContract } from "../../shared/contracts/web/follow-link.ts";
import { MethodNotAllowed } from "../../shared/http/errors.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { openLink } from "../../shared/runtime/links.ts";
import { pageEndpoint, pageResponse } from "../../shared/runtime/page-endpoint.ts";
import { answerIncident } from "../../shared/use-cases/incidents/answer-incident.ts";
import { answeredPage } from "../../shared/web/pages/link/answer-pages.tsx";

export const handler = pageEndpoint(followLinkContract, async ({ params: { token }, now }) => {
  const { incidentId, action, actor } = await openLink(token, now);
  if (action === "view") throw new MethodNotAllowed("POST", ["GET"]);
  const { outcome, incident } = await answerIncident(changeDeps(), incidentId, action, actor, now);
  const html = answeredPage({ incident, outcome, answer: action, now });
  return pageResponse(html, outcome === "too_late" ? 409 : 200);
});
