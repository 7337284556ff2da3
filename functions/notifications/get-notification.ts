import { getNotificationContract } from "../../shared/contracts/notifications/get-notification.ts";
import { presentNotification } from "../../shared/contracts/notifications/notification.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { notifications } from "../../shared/runtime/stores.ts";
import { existing } from "../../shared/use-cases/existing.ts";

export const handler = endpoint(getNotificationContract, async ({ params: { id } }) => ({
  body: presentNotification(existing(await notifications().find(id), "notification", id)),
}));
