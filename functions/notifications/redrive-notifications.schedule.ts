import { notificationDue } from "../../shared/messages/notification-due.ts";
import { redriveDeadLetters } from "../../shared/runtime/redrive.ts";
import { notifications } from "../../shared/runtime/stores.ts";
import { isDeliveryPending } from "../../shared/use-cases/notifications/check-pending-delivery.ts";

const queues = {
  queue: "NOTIFICATIONS_QUEUE_URL",
  deadLetters: "NOTIFICATIONS_DEAD_LETTER_QUEUE_URL",
} as const;

/**
 * After a long outage, messages with too many receives are redriven. Notifications that were given up stay
 * for a person.
 */
export const handler = () =>
  redriveDeadLetters(queues, notificationDue, ({ notificationId }) =>
    isDeliveryPending({ notifications: notifications() }, notificationId),
  );
