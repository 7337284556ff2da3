import { notificationDue } from "../../shared/messages/notification-due.ts";
import { deliverDeps } from "../../shared/runtime/channels.ts";
import { consume } from "../../shared/runtime/consume.ts";
import { deliverNotification } from "../../shared/use-cases/deliver-notification.ts";

export const handler = consume("NOTIFICATIONS_QUEUE_URL", notificationDue, async (deliveries) => {
  for (const { body, last } of deliveries)
    await deliverNotification(deliverDeps(), body.notificationId, last);
});
