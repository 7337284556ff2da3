import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { reopenIncidentContract } from "../../shared/contracts/incidents/reopen-incident.ts";
import { escalateDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { reopenIncident } from "../../shared/use-cases/incidents/lifecycle/reopen-incident.ts";

export const handler = endpoint(reopenIncidentContract, async ({ params, body, now, caller }) => {
  const context = { actor: body.actor ?? caller, note: body.note };
  return { body: presentIncident(await reopenIncident(escalateDeps(), params.id, context, now)) };
});
