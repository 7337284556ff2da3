import type { Incident } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import { suppressionReason } from "../../domain/notifications/delivery.ts";
import type { Notification, ReceiptKind } from "../../domain/notifications/notification.ts";
import type { ReceiptDraft } from "../../domain/notifications/receipt.ts";
import { namedIn } from "../../domain/notifications/storm.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type AddReceiptDeps, addReceipt } from "./add-receipt.ts";
import { type FailOverDeps, failOver } from "./fail-over.ts";

export interface ReportDeliveryDeps extends FailOverDeps, AddReceiptDeps {
  readonly notifications: FailOverDeps["notifications"];
  readonly incidents: Pick<IncidentStore, "findAll">;
}

/**
 * Records a provider's report on a message or call that it accepted. If it was not delivered and no one has answered, the
 * notification fails and the person's next contact method follows immediately. Idempotent: a page that crashed in
 * between has the same ID.
 */
export async function reportDelivery(
  deps: ReportDeliveryDeps,
  notificationId: string,
  receipt: ReceiptDraft,
  now: number,
): Promise<void> {
  if (receipt.kind !== "undelivered") {
    await addReceipt(deps, notificationId, receipt);
    return;
  }
  await addReceipt(deps, notificationId, receipt, async (found) => {
    if (!isOver(found)) return found.status;
    await failPages(deps, found, now);
    return "failed";
  });
}

/** Returns true if the latest attempt of a sent notification was reported as not delivered before it was recorded. */
export function isReportedUndelivered({ status, receipts, attempts }: Notification): boolean {
  const last = receipts.at(-1);
  return status === "sent" && last?.kind === "undelivered" && last.afterAttempts === attempts.length - 1;
}

/** Returns true for channels whose provider reports what became of a message, and can be asked if it does not. */
export function isReportedOn(channel: string): boolean {
  return channel === "voice" || channel === "sms";
}

/** Returns true if the provider should have reported on a call or text message by now. */
export function isUnreported(notification: Notification, now: number): boolean {
  const { channel, status, simulated, sentAt } = notification;
  const isPending = isReportedOn(channel) && status === "sent" && !simulated && sentAt !== null;
  const isHeard = isReported(notification, "delivered") || isReported(notification, "answered");
  const seconds = limits.reportSeconds - limits.callAcceptSeconds;
  return isPending && !isHeard && now - sentAt >= seconds * 1_000;
}

export function unreported(now: number): ReceiptDraft {
  const detail = `no report on the call within ${limits.reportSeconds} seconds`;
  return { at: now, kind: "undelivered", detail, providerId: "" };
}

/**
 * Returns true if a failed delivery ends the notification. A report can arrive before the delivery has recorded that the
 * provider accepted the message, which does not end it yet.
 */
function isOver(notification: Notification): boolean {
  return notification.status === "sent" && !isReported(notification, "answered");
}

/** Returns true for a report on the last attempt, which can arrive before the attempt is recorded. */
function isReported({ receipts, attempts }: Notification, kind: ReceiptKind): boolean {
  return receipts.some((each) => each.kind === kind && each.afterAttempts >= attempts.length - 1);
}

/** Sends the page, or the pages in a bundle, through the next contact methods, unless someone has answered. */
async function failPages(deps: ReportDeliveryDeps, sent: Notification, now: number): Promise<void> {
  const isBundle = sent.kind === "bundle";
  const pages = isBundle
    ? await deps.notifications.findAll(sent.bundled.map(({ pageId }) => pageId))
    : [sent];
  const incidents = await deps.incidents.findAll(
    pages.flatMap(({ incidentId }) => incidentId ?? []),
    { consistent: true },
  );
  for (const page of pages) {
    const incident = incidents.find(({ id }) => id === page.incidentId);
    let known: Notification | undefined = page;
    await retryOnConflict(async () => {
      const current = known ?? (await deps.notifications.find(page.id));
      known = undefined;
      // The delivery of the bundle may not have marked its pages as sent yet.
      const isNamed = current?.status === "queued" && isBundle && current.bundledInto === sent.id;
      const reported = current && isNamed ? namedIn(current, sent, deps.sha256) : current;
      if (reported?.status !== "sent" || !isWanted(reported, incident)) return;
      await failOver(deps, { ...reported, sentAt: null, simulated: false }, now);
      if (isBundle) await deps.notifications.save({ ...reported, status: "failed" });
    });
  }
}

function isWanted(page: Notification, incident: Incident | undefined): boolean {
  // Whether it was answered is asked before it is sent.
  if (page.kind === "drill") return true;
  return page.kind === "page" && incident !== undefined && suppressionReason(page, incident) === null;
}
