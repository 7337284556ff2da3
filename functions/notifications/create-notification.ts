import { createNotificationContract } from "../../shared/contracts/notifications/create-notification.ts";
import { presentNotification } from "../../shared/contracts/notifications/notification.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { notifyDeps } from "../../shared/runtime/later/deps.ts";
import { notify } from "../../shared/use-cases/notifications/notify.ts";

export const handler = creatingEndpoint(createNotificationContract, async ({ body, now, ulid }) => {
  const { incident_id: incidentId, ...draft } = body;
  const notification = await notify({ ...notifyDeps(), ulid }, { ...draft, incidentId }, now);
  return { body: presentNotification(notification), location: `/api/v1/notifications/${notification.id}` };
});
