import type { Incident } from "../../domain/incidents/incident.ts";
import { limits } from "../../domain/limits.ts";
import { suppressionReason } from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import type { ReceiptDraft } from "../../domain/notifications/receipt.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import { type AddReceiptDeps, addReceipt } from "./add-receipt.ts";
import { type FailOverDeps, failOver } from "./fail-over.ts";

export interface ReportDeliveryDeps extends FailOverDeps, AddReceiptDeps {
  readonly notifications: FailOverDeps["notifications"];
  readonly incidents: Pick<IncidentStore, "findAll">;
}

/**
 * Records a provider's report on a message or call that it accepted. If it was not delivered and nobody has answered, the
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
  const known = await deps.notifications.find(notificationId);
  if (known && isOver(known)) await failPages(deps, known, now);
  await addReceipt(deps, notificationId, receipt, (found) => (isOver(found) ? "failed" : found.status));
}

/** Returns true if the latest attempt of a sent notification was reported as not delivered before it was recorded. */
export function isReportedUndelivered({ status, receipts, attempts }: Notification): boolean {
  const last = receipts.at(-1);
  return status === "sent" && last?.kind === "undelivered" && last.afterAttempts === attempts.length - 1;
}

/** Returns true if it is unknown for too long whether a person has answered a call. */
export function isCallUnreported(
  { channel, status, simulated, sentAt, receipts }: Notification,
  now: number,
): boolean {
  const isPending = channel === "voice" && status === "sent" && !simulated && sentAt !== null;
  const isHeard = receipts.some(({ kind }) => kind === "delivered" || kind === "answered");
  const seconds = limits.callReportSeconds - limits.callAcceptSeconds;
  return isPending && !isHeard && now - sentAt >= seconds * 1_000;
}

export function unreported(now: number): ReceiptDraft {
  const detail = `no report on the call within ${limits.callReportSeconds} seconds`;
  return { at: now, kind: "undelivered", detail, providerId: "" };
}

/**
 * Returns true if a failed delivery ends the notification. A report can arrive before the delivery has recorded that the
 * provider accepted the message, which does not end it yet.
 */
function isOver({ status, receipts }: Notification): boolean {
  return status === "sent" && !receipts.some(({ kind }) => kind === "answered");
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
    if (page.status !== "sent" || !isWanted(page, incident)) continue;
    await failOver(deps, { ...page, sentAt: null, simulated: false }, now);
    if (isBundle) await deps.notifications.save({ ...page, status: "failed" });
  }
}

function isWanted(page: Notification, incident: Incident | undefined): boolean {
  return page.kind === "page" && incident !== undefined && suppressionReason(page, incident) === null;
}
