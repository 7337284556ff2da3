import * as z from "zod";
import type { Notification } from "../../domain/notifications/notification.ts";
import type { Proof } from "../../domain/notifications/proof.ts";
import { defineContract } from "../contract.ts";
import { id } from "../fields.ts";
import { attemptResource, presentAttempt, presentReceipt, receiptResource } from "./notification.ts";

const proofResource = z
  .object({
    notification_id: z.string(),
    algorithm: z.literal("sha-256"),
    genesis: z.string().meta({
      description:
        "Hash of the message: SHA-256 of JSON.stringify([id, incident_id, channel, recipient, address, message, created_at]), " +
        "with created_at in epoch milliseconds, and recipient and address unshortened.",
    }),
    head: z.string().meta({ description: "The last hash; without attempts and receipts, the genesis." }),
    valid: z.boolean().meta({ description: "True if every hash matches its predecessor." }),
    broken_at: z
      .int()
      .nullable()
      .meta({ description: "Index of the first attempt whose hash does not match; null if all match." }),
    broken_receipt_at: z
      .int()
      .nullable()
      .meta({ description: "Index of the first receipt whose hash does not match; null if all match." }),
    simulated: z
      .boolean()
      .meta({ description: "True if the message was only printed to the console. It reached no one." }),
    attempts: z.array(attemptResource),
    receipts: z.array(receiptResource),
  })
  .meta({
    id: "NotificationProof",
    description:
      "A chain of SHA-256 hashes in hex, each of a UTF-8 JSON array without spaces. An attempt's hash is over " +
      "JSON.stringify([before, at, ok, outcome, detail]) and a receipt's over JSON.stringify([before, at, kind, detail]): " +
      "before is the previous hash, or the genesis, and at is in epoch milliseconds. Receipts with after_attempts n " +
      "follow the first n attempts, in their order. The logs contain each hash too, which reveals a recomputed chain.",
  });

export const getProofContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/notifications/{id}/proof",
  summary: "Get the proof of delivery of a notification",
  description: "The delivery attempts and receipts as a hash chain that anyone can recompute.",
  right: "read",
  params: z.object({ id }),
  status: 200,
  response: proofResource,
});

export function presentProof(
  notification: Notification,
  { genesis, head, brokenAt, brokenReceiptAt }: Proof,
): z.input<typeof proofResource> {
  return {
    notification_id: notification.id,
    algorithm: "sha-256",
    genesis,
    head,
    valid: brokenAt === null && brokenReceiptAt === null,
    broken_at: brokenAt,
    broken_receipt_at: brokenReceiptAt,
    simulated: notification.simulated,
    attempts: notification.attempts.map(presentAttempt),
    receipts: notification.receipts.map(presentReceipt),
  };
}
