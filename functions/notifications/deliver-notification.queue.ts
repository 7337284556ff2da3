import { notificationDue } from "../../shared/messages/notification-due.ts";
import { consume } from "../../shared/runtime/consume.ts";
import { deliverDeps } from "../../shared/runtime/deliver.ts";
import { deliverNotification } from "../../shared/use-cases/notifications/deliver-notification.ts";

export const handler = consume(
  { queue: "NOTIFICATIONS_QUEUE_URL", deadLetters: "NOTIFICATIONS_DEAD_LETTER_QUEUE_URL" },
  notificationDue,
  async (bodies) => {
    const deps = await deliverDeps();
    for (const { notificationId, ...message } of bodies) {
      await deliverNotification(deps, notificationId, message);
    }
  },
);
