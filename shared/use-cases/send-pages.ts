import { AlreadyExists } from "../domain/errors.ts";
import type { Reached } from "../domain/escalation.ts";
import { idPrefixes } from "../domain/ids.ts";
import type { Incident } from "../domain/incident.ts";
import type { Notification } from "../domain/notification.ts";
import type { Digest, NotificationQueue, NotificationStore } from "./ports.ts";

export interface SendPagesDeps {
  readonly notifications: NotificationStore;
  readonly notificationQueue: NotificationQueue;
  readonly digest: Digest;
}

/** Pages people for one decision; carrying it out again pages nobody a second time. */
export async function sendPages(
  deps: SendPagesDeps,
  incident: Incident,
  decision: { readonly level: number; readonly pass: number; readonly recipients: readonly Reached[] },
  now: number,
): Promise<void> {
  const pages = decision.recipients.map(({ email }) => pageOf(incident, decision, email, deps.digest, now));
  for (const page of pages) {
    await deps.notifications.create(page).catch((error) => {
      if (!(error instanceof AlreadyExists)) throw error;
    });
  }
  await deps.notificationQueue.send(pages.map(({ id }) => id));
}

function pageOf(
  incident: Incident,
  { level, pass }: { readonly level: number; readonly pass: number },
  recipient: string,
  digest: Digest,
  now: number,
): Notification {
  const channel = "email";
  return {
    id: idPrefixes.notification + digest(JSON.stringify([incident.id, pass, level, recipient, channel])),
    incidentId: incident.id,
    channel,
    recipient,
    message: `#${incident.number} ${incident.title}`,
    severity: incident.severity,
    metadata: {
      incident_number: incident.number,
      service: incident.service,
      team: incident.team,
      level,
      pass,
    },
    status: "queued",
    attempts: [],
    createdAt: now,
    sentAt: null,
    claimedUntil: null,
    version: 0,
  };
}
