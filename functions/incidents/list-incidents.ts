import { presentIncident } from "../../shared/contracts/incidents/incident.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { incidents } from "../../shared/runtime/stores.ts";

export const handler = endpoint(listIncidentsContract, async ({ query, page, cursor }) => {
  const { items, next } = await incidents().list(query, page);
  return { body: { incidents: items.map(presentIncident), next_cursor: cursor(next) } };
});
