import { answeredByUnknown } from "../../../domain/notifications/call-report.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import { type ReportDeliveryDeps, reportDelivery } from "../report-delivery.ts";

/**
 * Records that a call has ended, for providers that don't repeat who answered it. It failed unless a person was heard in
 * it before.
 */
export async function endCall(
  deps: ReportDeliveryDeps,
  { id, receipts }: Pick<Notification, "id" | "receipts">,
  call: string,
  now: number,
): Promise<void> {
  const isHeard = receipts.some(
    ({ kind, providerId }) => kind === "answered" || (kind === "delivered" && providerId === call),
  );
  if (isHeard) return;
  await reportDelivery(deps, id, { ...answeredByUnknown, providerId: call, at: now }, now);
}
