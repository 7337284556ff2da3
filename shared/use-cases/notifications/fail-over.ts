import { isUntouched } from "../../domain/notifications/delivery.ts";
import type { MessageContext } from "../../domain/notifications/message-context.ts";
import { type Notification, newNotification } from "../../domain/notifications/notification.ts";
import type { Log } from "../ports/system.ts";
import { dueOf, type QueueNotificationsDeps, queueNotifications } from "./queue-notifications.ts";

export interface FailOverDeps extends QueueNotificationsDeps {
  readonly log: Log;
}

/** Sends a failed page through the person's next contact method, immediately. */
export async function failOver(
  deps: FailOverDeps,
  failed: Notification,
  now: number,
  context?: MessageContext,
): Promise<void> {
  const [next, ...rest] = failed.fallbacks;
  if (!next) {
    deps.log.error("notification failed, no contact method left", {
      notification_id: failed.id,
      incident_id: failed.incidentId,
    });
    return;
  }
  const planned = await deps.notifications.find(next.pageId);
  if (!planned) {
    const { id: _, channel, address } = next.method;
    const page = newNotification({
      ...failed,
      id: next.pageId,
      channel,
      address,
      status: "queued",
      bundledInto: null,
      attempts: [],
      receipts: [],
      createdAt: now,
      dueAt: now,
      fallbacks: rest,
      version: 0,
    });
    return queueNotifications(deps, [page], now, context);
  }
  // That method was already used, or handles its own failure.
  if (!isUntouched(planned)) return;
  const broughtForward = {
    ...planned,
    dueAt: Math.min(planned.dueAt, now),
    mayBeBundled: planned.mayBeBundled && failed.mayBeBundled,
  };
  await deps.notificationQueue.send([dueOf(await deps.notifications.save(broughtForward), now, context)]);
}
