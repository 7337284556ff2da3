import { channelNamed } from "../../channels/registry.ts";
import { ignoreStale } from "../../domain/errors.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { IncidentEvent } from "../../domain/incidents/incident-event.ts";
import { limits } from "../../domain/limits.ts";
import {
  isWithdrawn,
  showsState,
  suppressed,
  suppressionReason,
} from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { allItems } from "../all-items.ts";
import type { NotificationQueue, NotificationStore } from "../ports/notifications.ts";

interface CancelDeps {
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
}

/**
 * Cancels pending notifications of an acknowledged or resolved incident, and takes back pages over channels that can.
 * Deliveries in progress continue.
 *
 * @param event what happened to the incident
 */
export async function cancelNotifications(
  { notifications, notificationQueue }: CancelDeps,
  incident: Incident,
  event: IncidentEvent["type"],
  now: number,
): Promise<void> {
  const sent = new Map<string, Notification>();
  const all = allItems((after) =>
    notifications.list({ incidentId: incident.id }, { limit: limits.pageSize, after }),
  );
  for await (const notification of all) {
    const { id, status, claimedUntil, channel, address } = notification;
    const withdraws = channelNamed(channel)?.withdraws;
    if (withdraws === "each" && showsState(notification, incident)) sent.set(id, notification);
    if (withdraws === "per_address" && isWithdrawn(notification, incident, event))
      sent.set(JSON.stringify([channel, address]), notification);
    const reason = suppressionReason(notification, incident);
    if (status !== "queued" || reason === null || claimedUntil !== null) continue;
    // A concurrent delivery reads the incident itself.
    await notifications.save(suppressed(notification, reason)).catch(ignoreStale);
  }
  const withdrawn = [...sent.values()].map(({ id }) => ({ id, delaySeconds: 0, withdrawAt: now }));
  if (withdrawn.length > 0) await notificationQueue.send(withdrawn);
}
