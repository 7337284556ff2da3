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

/** Whom to page, and at which place of the policy that was decided. */
interface Decision {
  readonly level: number;
  readonly pass: number;
  readonly recipients: readonly Reached[];
}

/** Pages people for one decision; carrying it out again pages nobody a second time. */
export async function sendPages(
  deps: SendPagesDeps,
  incident: Incident,
  decision: Decision,
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

/** Takes back pages that were decided but never queued: somebody answered in the meantime. */
export async function suppressPages(
  deps: Pick<SendPagesDeps, "notifications" | "digest">,
  incident: Incident,
  decision: Decision,
  now: number,
): Promise<void> {
  for (const { email } of decision.recipients) {
    const page = await deps.notifications.find(pageOf(incident, decision, email, deps.digest, now).id);
    if (page?.status !== "queued" || page.claimedUntil !== null || page.attempts.length > 0) continue;
    await deps.notifications.save({ ...page, status: "suppressed" });
  }
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
