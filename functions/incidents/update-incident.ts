import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { commandsOf, updateIncidentContract } from "../../shared/contracts/incidents/update-incident.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { changeIncident } from "../../shared/use-cases/incidents/change-incident.ts";

export const handler = endpoint(updateIncidentContract, async ({ params, body, now, caller }) => {
  const actor = body.actor ?? caller;
  const change = { commands: commandsOf(body, actor), note: body.note ?? null, actor };
  return { body: presentIncident(await changeIncident(changeDeps(), params.id, change, now)) };
});
