import { presentAlert } from "../../shared/contracts/alerts/alert.ts";
import { listAlertsContract } from "../../shared/contracts/alerts/list-alerts.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { alerts } from "../../shared/runtime/stores.ts";

export const handler = endpoint(listAlertsContract, async ({ query, page, cursor }) => {
  const { incident_id: incidentId, ...filter } = query;
  const { items, next } = await alerts().list({ ...filter, incidentId }, page);
  return { body: { alerts: items.map(presentAlert), next_cursor: cursor(next) } };
});
