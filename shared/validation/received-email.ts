import * as z from "zod";
import { limits } from "../domain/limits.ts";
import type { ReceivedEmail } from "../domain/notifications/received-email.ts";

const short = z.string().max(limits.addressLength);

/** An email as it is forwarded to the platform. */
export const receivedEmail = z.object({
  sender: short.meta({ description: "Address in the envelope. Empty for bounces." }),
  from: short.default("").meta({ description: "Address in the header." }),
  subject: short.default(""),
  text: z.string().max(limits.emailTextLength).default(""),
  message_id: short.nullable().default(null),
  replies_to: z
    .array(short)
    .max(limits.emailReferences)
    .default([])
    .meta({ description: "Message IDs in In-Reply-To and References, nearest first." }),
  headers: z
    .record(z.string().max(limits.sourceLength), z.string().max(limits.sourceLength))
    .default({})
    .meta({ description: "Headers that identify automatic mail, such as auto-submitted, in lower case." }),
  attachments: z
    .array(z.object({ name: short, type: short, bytes: z.number() }))
    .max(limits.emailAttachments)
    .default([]),
}) satisfies z.ZodType<ReceivedEmail>;
