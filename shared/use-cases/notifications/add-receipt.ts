import type { Sha256 } from "../../domain/hash-chain.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { type ReceiptDraft, withReceipt } from "../../domain/notifications/receipt.ts";
import type { NotificationStore } from "../ports/notifications.ts";
import type { Log } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface AddReceiptDeps {
  readonly notifications: Pick<NotificationStore, "find" | "save">;
  readonly sha256: Sha256;
  readonly log: Log;
}

/**
 * Records what became of a notification after its provider accepted it. Idempotent: one kind of receipt is recorded once
 * per ID of the provider. A read, and a write for a new receipt.
 *
 * @param nextStatus returns the status with the receipt, repeated after a conflict; by default it is kept
 * @returns the notification; undefined if there is none with this ID
 */
export async function addReceipt(
  deps: AddReceiptDeps,
  notificationId: string,
  receipt: ReceiptDraft,
  nextStatus: (known: Notification) => Notification["status"] | Promise<Notification["status"]> = ({
    status,
  }) => status,
): Promise<Notification | undefined> {
  return retryOnConflict(async () => {
    const known = await deps.notifications.find(notificationId);
    if (!known) return undefined;
    const reported = withReceipt(known, receipt, deps.sha256);
    const status = await nextStatus(known);
    const next = status === known.status ? reported : { ...reported, status };
    if (next === known) return known;
    const saved = await deps.notifications.save(next);
    deps.log.info("notification receipt recorded", {
      notification_id: saved.id,
      incident_id: saved.incidentId,
      kind: receipt.kind,
      hash: saved.receipts.at(-1)?.hash,
    });
    return saved;
  });
}
