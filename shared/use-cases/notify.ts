import { AlreadyExists } from "../domain/errors.ts";
import { idPrefixes } from "../domain/ids.ts";
import type { Notification } from "../domain/notification.ts";
import { findIncident } from "./find-incident.ts";
import type { IncidentStore, NotificationQueue, NotificationStore, Ulid } from "./ports.ts";

export interface NotifyDeps {
  readonly incidents: IncidentStore;
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
  readonly ulid: Ulid;
}

export type NotificationDraft = Pick<
  Notification,
  "incidentId" | "channel" | "recipient" | "message" | "severity" | "metadata"
>;

/**
 * Queues a message that somebody sends by hand about an incident.
 *
 * @throws NotFound when there is no such incident
 */
export async function notify(deps: NotifyDeps, draft: NotificationDraft, now: number): Promise<Notification> {
  const incident = await findIncident(deps, draft.incidentId);
  const notification: Notification = {
    ...draft,
    incidentId: incident.id,
    id: idPrefixes.notification + deps.ulid(now),
    severity: draft.severity ?? incident.severity,
    status: "queued",
    attempts: [],
    createdAt: now,
    sentAt: null,
    claimedUntil: null,
    version: 0,
  };
  await deps.notifications.create(notification).catch((error) => {
    if (!(error instanceof AlreadyExists)) throw error;
  });
  await deps.notificationQueue.send([notification.id]);
  return notification;
}
