import type { PushDevice } from "../../domain/access/push-device.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { required } from "../required.ts";
import { type AddReceiptDeps, addReceipt } from "./add-receipt.ts";

/**
 * Records that a device has shown a message, once for each device.
 *
 * @throws NotFound if the notification does not exist anymore
 */
export async function addShownReceipt(
  deps: AddReceiptDeps,
  notificationId: string,
  { id, name }: Pick<PushDevice, "id" | "name">,
  now: number,
): Promise<Notification> {
  const receipt = { at: now, kind: "shown", detail: `shown by ${name}`, providerId: id } as const;
  return required(await addReceipt(deps, notificationId, receipt), "notification", notificationId);
}
