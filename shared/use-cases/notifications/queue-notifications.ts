import { AlreadyExists } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import type { NotificationQueue, NotificationStore } from "../ports/notifications.ts";

export interface QueueNotificationsDeps {
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
}

/** Stored side by side, so that a hundred people don't wait for each other. */
const atOnce = 25;

/** Stores notifications and queues each for when it is due; doing it again changes nothing. */
export async function queueNotifications(
  deps: QueueNotificationsDeps,
  notifications: readonly Notification[],
  now: number,
): Promise<void> {
  for (let from = 0; from < notifications.length; from += atOnce) {
    await Promise.all(notifications.slice(from, from + atOnce).map((each) => createOnce(deps, each)));
  }
  await deps.notificationQueue.send(notifications.map((notification) => dueOf(notification, now)));
}

/** A message that comes when the notification is due, or as late as a queue can delay it. */
export function dueOf({ id, dueAt }: Notification, now: number): { id: string; delaySeconds: number } {
  const seconds = Math.ceil(Math.max(0, dueAt - now) / 1_000);
  return { id, delaySeconds: Math.min(seconds, limits.queueDelaySeconds) };
}

async function createOnce({ notifications }: QueueNotificationsDeps, notification: Notification) {
  await notifications.create(notification).catch((error) => {
    if (!(error instanceof AlreadyExists)) throw error;
  });
}
