import * as z from "zod";
import { limits } from "../domain/limits.ts";
import type { ReceivedEmail } from "../domain/notifications/received-email.ts";

/** A text whose further characters are cut off. The description says where. */
function cutText(maxLength: number, description?: string) {
  return z
    .string()
    .meta({ maxLength, ...(description !== undefined && { description }) })
    .transform((value) => value.slice(0, maxLength).toWellFormed());
}

const short = cutText(limits.addressLength);

/** An email as it is forwarded to the platform. */
export const receivedEmail = z.object({
  sender: cutText(limits.addressLength, "Address in the envelope. Empty for bounces."),
  from: cutText(limits.addressLength, "Address in the header.").default(""),
  subject: short.default(""),
  text: cutText(limits.emailTextLength).default(""),
  message_id: short.nullable().default(null),
  replies_to: z
    .array(short)
    .meta({
      maxItems: limits.emailReferences,
      description: "Message IDs in In-Reply-To and References, nearest first.",
    })
    .transform((ids) => ids.slice(0, limits.emailReferences))
    .default([]),
  headers: z
    .record(
      z.string().meta({ maxLength: limits.sourceLength }),
      z.string().meta({ maxLength: limits.sourceLength }),
    )
    .default({})
    .meta({ description: "Headers that tell automatic mail, such as auto-submitted, in lower case." }),
  attachments: z
    .array(z.object({ name: short, type: short, bytes: z.number() }))
    .meta({ maxItems: limits.emailAttachments })
    .transform((all) => all.slice(0, limits.emailAttachments))
    .default([]),
}) satisfies z.ZodType<ReceivedEmail>;
