import type { Notification } from "../../../domain/notifications/notification.ts";
import type { ReceiptDraft } from "../../../domain/notifications/receipt.ts";
import { type ReportDeliveryDeps, reportDelivery } from "../report-delivery.ts";
import { type Answer, type DescribeCallDeps, describeCall } from "./answer-call.ts";

/**
 * Records who has picked up a call, and returns what to say; null if no one hears it.
 *
 * @param report null if it is unknown who has picked up: only a pressed key then shows that a person heard the call
 */
export async function pickUpCall(
  deps: ReportDeliveryDeps & DescribeCallDeps,
  notification: Notification,
  report: Omit<ReceiptDraft, "at"> | null,
  now: number,
): Promise<Answer | null> {
  if (report) await reportDelivery(deps, notification.id, { ...report, at: now }, now);
  return report?.kind === "undelivered" ? null : describeCall(deps, notification);
}
