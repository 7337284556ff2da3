import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";
import { presentNotification } from "../../shared/contracts/notifications/notification.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { incidents, notifications } from "../../shared/runtime/stores.ts";
import { incidentIdOf } from "../../shared/use-cases/incidents/find-incident.ts";

export const handler = endpoint(listNotificationsContract, async ({ query, page, cursor }) => {
  const { incident_id: incident, ...filter } = query;
  const incidentId = await incidentIdOf({ incidents: incidents() }, incident);
  const { items, next } = await notifications().list({ ...filter, incidentId }, page);
  return { body: { notifications: items.map(presentNotification), next_cursor: cursor(next) } };
});
