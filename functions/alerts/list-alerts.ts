import { presentAlert } from "../../shared/contracts/alerts/alert.ts";
import { listAlertsContract } from "../../shared/contracts/alerts/list-alerts.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { alerts, incidents } from "../../shared/runtime/stores.ts";
import { incidentIdOf } from "../../shared/use-cases/incidents/find-incident.ts";

export const handler = endpoint(listAlertsContract, async ({ query, page, cursor }) => {
  const { incident_id: incident, ...filter } = query;
  const incidentId = await incidentIdOf({ incidents: incidents() }, incident);
  const { items, next } = await alerts().list({ ...filter, incidentId }, page);
  return { body: { alerts: items.map(presentAlert), next_cursor: cursor(next) } };
});
