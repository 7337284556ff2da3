import { presentEscalations } from "../../shared/contracts/oncall/escalation.ts";
import { listEscalationsContract } from "../../shared/contracts/oncall/list-escalations.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { incidentEvents, incidents } from "../../shared/runtime/stores.ts";
import { incidentIdOf } from "../../shared/use-cases/incidents/find-incident.ts";

export const handler = endpoint(listEscalationsContract, async ({ query, page, cursor }) => {
  const incidentId = await incidentIdOf({ incidents: incidents() }, query.incident_id);
  const filter = { team: query.team, incidentId };
  const { items, next } = await incidentEvents().listEscalations(filter, page);
  return { body: { escalations: presentEscalations(items), next_cursor: cursor(next) } };
});
