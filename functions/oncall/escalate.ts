import { escalateContract } from "../../shared/contracts/oncall/escalate.ts";
import { presentReceipt } from "../../shared/contracts/oncall/escalation.ts";
import { escalateDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { escalateManually } from "../../shared/use-cases/oncall/escalate.ts";

export const handler = creatingEndpoint(escalateContract, async ({ body, now, ulid, caller }) => {
  const { team, incident_id: incidentId, reason } = body;
  const request = { team, incidentId, reason, actor: body.actor ?? caller };
  const { event } = await escalateManually({ ...escalateDeps(), ulid }, request, now);
  return { body: presentReceipt(event) };
});
