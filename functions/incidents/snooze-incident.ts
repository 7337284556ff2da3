import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { snoozeIncidentContract } from "../../shared/contracts/incidents/snooze-incident.ts";
import { snoozeEnd } from "../../shared/domain/incidents/snooze/snooze-end.ts";
import { changeDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { snoozeIncident } from "../../shared/use-cases/incidents/lifecycle/snooze-incident.ts";

export const handler = endpoint(snoozeIncidentContract, async ({ params, body, now, caller }) => {
  const context = { actor: body.actor ?? caller, note: body.note };
  const end = snoozeEnd(body, now);
  return { body: presentIncident(await snoozeIncident(changeDeps(), params.id, end, context, now)) };
});
