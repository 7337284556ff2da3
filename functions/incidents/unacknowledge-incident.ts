import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { unacknowledgeIncidentContract } from "../../shared/contracts/incidents/unacknowledge-incident.ts";
import { escalateDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { unacknowledgeIncident } from "../../shared/use-cases/incidents/lifecycle/reopen-incident.ts";

export const handler = endpoint(unacknowledgeIncidentContract, async ({ params, body, now, caller }) => {
  const context = { actor: body.actor ?? caller, note: body.note };
  return { body: presentIncident(await unacknowledgeIncident(escalateDeps(), params.id, context, now)) };
});
