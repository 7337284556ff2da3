import type { PushDevice } from "../../domain/access/push-device.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { type RecordAnswerDeps, verifyMethod } from "../access/reachability/record-answer.ts";
import { required } from "../required.ts";
import { type AddReceiptDeps, addReceipt } from "./add-receipt.ts";

/**
 * Records that a device has shown a message, once for each device. This verifies the contact method.
 *
 * @throws NotFound if the notification does not exist anymore
 */
export async function addShownReceipt(
  deps: AddReceiptDeps & Pick<RecordAnswerDeps, "users">,
  notificationId: string,
  { id, name }: Pick<PushDevice, "id" | "name">,
  now: number,
): Promise<Notification> {
  const receipt = { at: now, kind: "shown", detail: `shown by ${name}`, providerId: id } as const;
  const saved = required(await addReceipt(deps, notificationId, receipt), "notification", notificationId);
  await verifyMethod(deps, saved.recipient, saved, now);
  return saved;
}
