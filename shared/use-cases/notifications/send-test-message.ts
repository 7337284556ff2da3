import { idPrefixes } from "../../domain/ids.ts";
import {
  type ContactMethod,
  type Notification,
  newNotification,
} from "../../domain/notifications/notification.ts";
import type { NotificationQueue, NotificationStore } from "../ports/notifications.ts";
import type { Ulid } from "../ports/system.ts";

interface TestMessageDeps {
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
  readonly ulid: Ulid;
}

/**
 * Queues a test message that requires no action.
 *
 * @param recipient email of a person, or a team
 * @param metadata of push: `device`, the ID of the only device that gets it
 */
export async function sendTestMessage(
  { notifications, notificationQueue, ulid }: TestMessageDeps,
  recipient: string,
  { channel, address }: Pick<ContactMethod, "channel" | "address">,
  actor: string,
  now: number,
  metadata: Notification["metadata"] = {},
): Promise<Notification> {
  const notification = newNotification({
    id: idPrefixes.notification + ulid(now),
    kind: "message",
    incidentId: null,
    channel,
    recipient,
    address,
    message: `Test message from ${actor}: pages for ${recipient} arrive here. No action is required.`,
    severity: null,
    metadata,
    createdAt: now,
  });
  await notifications.create(notification);
  await notificationQueue.send([{ id: notification.id, delaySeconds: 0 }]);
  return notification;
}
