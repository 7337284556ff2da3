import type { acknowledgeIncidentContract } from "../contracts/incidents/acknowledge-incident.ts";
import { presentIncident } from "../contracts/incidents/incident.ts";
import type { resolveIncidentContract } from "../contracts/incidents/resolve-incident.ts";
import type { IncidentStatus } from "../domain/incidents/incident.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import { changeIncident } from "../use-cases/incidents/change-incident.ts";
import { changeDeps } from "./deps.ts";
import { endpoint } from "./endpoint.ts";

/** Creates the handler of a contract that moves an incident to a status. */
/* @__NO_SIDE_EFFECTS__ */
export function statusEndpoint(
  contract: typeof acknowledgeIncidentContract | typeof resolveIncidentContract,
  to: IncidentStatus,
): LambdaHandler {
  return endpoint(contract, async ({ params, body, now, caller }) => {
    const actor = body.actor ?? caller;
    const change = { commands: [{ type: "move", to, actor } as const], note: body.note, actor };
    return { body: presentIncident(await changeIncident(changeDeps(), params.id, change, now)) };
  });
}
