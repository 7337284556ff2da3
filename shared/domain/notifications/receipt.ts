/** Receipts: reports on a message after a provider accepted it. */

import type { Sha256 } from "../hash-chain.ts";
import { limits } from "../limits.ts";
import type { DeliveryReceipt, Notification } from "./notification.ts";
import { sealedReceipt } from "./proof.ts";

export type ReceiptDraft = Pick<DeliveryReceipt, "at" | "kind" | "detail" | "providerId">;

/** Adds a receipt. A repeated one, or one beyond the limit, changes nothing. */
export function withReceipt(notification: Notification, draft: ReceiptDraft, sha256: Sha256): Notification {
  const { receipts, attempts } = notification;
  const isKnown = receipts.some(
    ({ kind, providerId }) => kind === draft.kind && providerId === draft.providerId,
  );
  if (isKnown || receipts.length >= limits.receiptsPerNotification) return notification;
  const receipt = {
    ...draft,
    detail: draft.detail.slice(0, limits.attemptDetailLength).toWellFormed(),
    afterAttempts: attempts.length,
  };
  return { ...notification, receipts: [...receipts, sealedReceipt(notification, receipt, sha256)] };
}
