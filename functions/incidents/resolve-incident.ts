import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { changeIncident } from "../../shared/use-cases/incidents/change-incident.ts";

export const handler = endpoint(resolveIncidentContract, async ({ params, body, now, caller }) => {
  const actor = body.actor ?? caller;
  const change = { commands: [{ type: "move", to: "resolved", actor } as const], note: body.note, actor };
  return { body: presentIncident(await changeIncident(changeDeps(), params.id, change, now)) };
});
