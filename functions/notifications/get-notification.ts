import { getNotificationContract } from "../../shared/contracts/notifications/get-notification.ts";
import { presentNotification } from "../../shared/contracts/notifications/notification.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { notifications } from "../../shared/runtime/stores.ts";
import { required } from "../../shared/use-cases/required.ts";

export const handler = endpoint(getNotificationContract, async ({ params: { id } }) => ({
  body: presentNotification(required(await notifications().find(id), "notification", id)),
}));
