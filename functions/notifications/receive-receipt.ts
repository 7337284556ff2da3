import { receiveReceiptContract } from "../../shared/contracts/notifications/receive-receipt.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { openEndpoint } from "../../shared/runtime/endpoint.ts";
import { openReceipt } from "../../shared/runtime/links.ts";
import { notifications } from "../../shared/runtime/stores.ts";
import { log } from "../../shared/runtime/system.ts";
import { addShownReceipt } from "../../shared/use-cases/notifications/add-shown-receipt.ts";

export const handler = openEndpoint(receiveReceiptContract, async ({ params: { token }, now }) => {
  const { notificationId, device } = await openReceipt(token, now);
  await addShownReceipt({ notifications: notifications(), sha256, log: log() }, notificationId, device, now);
  return { body: { kind: "shown" as const } };
});
