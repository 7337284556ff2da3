import { presentEscalations } from "../../shared/contracts/oncall/escalation.ts";
import { listEscalationsContract } from "../../shared/contracts/oncall/list-escalations.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { incidentEvents } from "../../shared/runtime/stores.ts";

export const handler = endpoint(listEscalationsContract, async ({ query, page, cursor }) => {
  const filter = { team: query.team, incidentId: query.incident_id };
  const { items, next } = await incidentEvents().listEscalations(filter, page);
  return { body: { escalations: presentEscalations(items), next_cursor: cursor(next) } };
});
