import * as z from "zod";
import type { Notification } from "../../domain/notifications/notification.ts";
import type { Proof } from "../../domain/notifications/proof.ts";
import { defineContract } from "../contract.ts";
import { id } from "../fields.ts";
import { attemptResource, presentAttempt } from "./notification.ts";

const proofResource = z
  .object({
    notification_id: z.string(),
    algorithm: z.literal("sha-256"),
    genesis: z.string().meta({
      description:
        "Of what was to be sent: of JSON.stringify([id, incident_id, channel, recipient, address, message, created_at]), " +
        "created_at in epoch milliseconds, recipient and address unshortened.",
    }),
    head: z.string().meta({ description: "The last hash; the genesis while there is no attempt." }),
    valid: z.boolean().meta({ description: "Whether every hash follows from what is before it." }),
    broken_at: z.int().nullable().meta({ description: "Index of the first attempt whose hash does not." }),
    attempts: z.array(attemptResource),
  })
  .meta({
    id: "NotificationProof",
    description:
      "A chain of SHA-256 in hex, each of a JSON array without spaces in UTF-8. An attempt's hash is of " +
      "JSON.stringify([before, at, ok, outcome, detail]): before is the hash of the attempt before it, or the genesis, " +
      "and at is in epoch milliseconds. The logs have each hash too, so that a chain made anew is told apart.",
  });

export const getProofContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/notifications/{id}/proof",
  summary: "What was tried to deliver a notification, as a chain of hashes that anybody can work out anew",
  scope: "read",
  params: z.object({ id }),
  status: 200,
  response: proofResource,
});

export function presentProof(
  notification: Notification,
  { genesis, head, brokenAt }: Proof,
): z.input<typeof proofResource> {
  return {
    notification_id: notification.id,
    algorithm: "sha-256",
    genesis,
    head,
    valid: brokenAt === null,
    broken_at: brokenAt,
    attempts: notification.attempts.map(presentAttempt),
  };
}
