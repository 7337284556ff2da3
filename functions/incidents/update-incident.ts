import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { commandsOf, updateIncidentContract } from "../../shared/contracts/incidents/update-incident.ts";
import { updateIncidentDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { updateIncident } from "../../shared/use-cases/incidents/lifecycle/update-incident.ts";

export const handler = endpoint(updateIncidentContract, async ({ params, body, now, caller }) => {
  const actor = body.actor ?? caller;
  const { service, team, urgency, note = null } = body;
  const update = { commands: commandsOf(body, actor), service, team, urgency, note, actor };
  return { body: presentIncident(await updateIncident(updateIncidentDeps(), params.id, update, now)) };
});
