import * as z from "zod";
import { limits } from "../domain/limits.ts";
import type { ReceivedEmail } from "../domain/notifications/received-email.ts";

const short = z.string().transform((value) => value.slice(0, limits.addressLength).toWellFormed());

/** An email as it is forwarded to the platform. Longer values are cut. */
export const receivedEmail = z.object({
  sender: short.meta({ description: "Address in the envelope. Empty for bounces." }),
  from: short.default("").meta({ description: "Address in the header." }),
  subject: short.default(""),
  text: z
    .string()
    .default("")
    .transform((value) => value.slice(0, limits.emailTextLength).toWellFormed()),
  message_id: short.nullable().default(null),
  replies_to: z
    .array(short)
    .default([])
    .transform((ids) => ids.slice(0, limits.emailReferences))
    .meta({ description: "Message IDs in In-Reply-To and References, nearest first." }),
  headers: z
    .record(z.string(), z.string())
    .default({})
    .meta({ description: "Headers that tell automatic mail, such as auto-submitted, in lower case." }),
  attachments: z
    .array(z.object({ name: short, type: short, bytes: z.number() }))
    .default([])
    .transform((all) => all.slice(0, limits.emailAttachments)),
}) satisfies z.ZodType<ReceivedEmail>;
