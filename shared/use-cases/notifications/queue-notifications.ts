import { ignoreExisting } from "../../domain/errors.ts";
import type { MessageContext } from "../../domain/notifications/message-context.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { delayUntil } from "../delay-until.ts";
import type { DueNotification, NotificationQueue, NotificationStore } from "../ports/notifications.ts";

export interface QueueNotificationsDeps {
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
}

/** Number of notifications stored concurrently. */
const atOnce = 25;

/** Stores notifications and queues each for its due time. Idempotent. */
export async function queueNotifications(
  deps: QueueNotificationsDeps,
  notifications: readonly Notification[],
  now: number,
  context?: MessageContext,
): Promise<void> {
  for (let from = 0; from < notifications.length; from += atOnce) {
    await Promise.all(notifications.slice(from, from + atOnce).map((each) => createOnce(deps, each)));
  }
  await deps.notificationQueue.send(notifications.map((notification) => dueOf(notification, now, context)));
}

/** Returns a queue message with a delay until the notification is due, at most the queue's maximum. */
export function dueOf(
  { id, incidentId, dueAt }: Notification,
  now: number,
  context?: MessageContext,
): DueNotification {
  return { id, incidentId: incidentId ?? undefined, delaySeconds: delayUntil(dueAt, now), context };
}

async function createOnce({ notifications }: QueueNotificationsDeps, notification: Notification) {
  await notifications.create(notification).catch(ignoreExisting);
}
