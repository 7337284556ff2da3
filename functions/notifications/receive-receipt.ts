import { subscriptionOf } from "../../shared/contracts/access/push/push-subscription.ts";
import { receiveReceiptContract } from "../../shared/contracts/notifications/receive-receipt.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { NotFound } from "../../shared/domain/errors.ts";
import { limits } from "../../shared/domain/limits.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { pushDevices } from "../../shared/runtime/later/stores.ts";
import { openReceipt, receiptUrl } from "../../shared/runtime/links.ts";
import { notifications, users } from "../../shared/runtime/stores.ts";
import { digest, log } from "../../shared/runtime/system.ts";
import { renewPushDevice } from "../../shared/use-cases/access/push/renew-push-device.ts";
import { addShownReceipt } from "../../shared/use-cases/notifications/add-shown-receipt.ts";

export const handler = openEndpoint(receiveReceiptContract, async ({ params: { token }, body, now }) => {
  if (body?.subscription) {
    // Browsers renew a subscription long after the last message.
    const { notificationId, device } = await openReceipt(token, now - limits.pushRenewalSeconds * 1_000);
    const notification = await notifications().find(notificationId);
    if (!notification) throw new NotFound("notification", notificationId);
    const deps = { pushDevices: pushDevices(), digest };
    // The devices are those of the address, which can be another person's than the recipient.
    const subscription = subscriptionOf(body.subscription);
    const renewed = await renewPushDevice(deps, notification.address, device.id, subscription, now);
    const receipt = await receiptUrl({ notificationId, device: renewed }, now);
    return { body: { kind: "renewed" as const, receipt } };
  }
  const { notificationId, device } = await openReceipt(token, now);
  const deps = { notifications: notifications(), users: users(), sha256, log: log() };
  await addShownReceipt(deps, notificationId, device, now);
  return { body: { kind: "shown" as const } };
});
