/** An email received by Amazon SES, as reported by a receipt rule through SNS. */

import * as z from "zod";
import type { MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";
import { parseInstant } from "../../domain/time.ts";
import { problemOf, readSubject } from "../common/subject.ts";

const text = z.string().nullish().catch(undefined);
const texts = z.array(z.string()).nullish().catch(undefined);
const verdict = z.object({ status: text }).nullish().catch(undefined);

/** SES's findings in a receipt. */
export const sesVerdicts = { spamVerdict: verdict, virusVerdict: verdict };
type SesVerdicts = { readonly [name in keyof typeof sesVerdicts]?: z.output<typeof verdict> };

/** Returns true if SES classified an email as spam or found a virus. */
export function isRefuse({ spamVerdict, virusVerdict }: SesVerdicts): boolean {
  return [spamVerdict, virusVerdict].some((verdict) => verdict?.status === "FAIL");
}

export const sesMail = z.object({
  notificationType: z.literal("Received"),
  mail: z.object({
    source: text,
    messageId: text,
    timestamp: text,
    destination: texts,
    commonHeaders: z.object({ from: texts, subject: text }).nullish().catch(undefined),
  }),
  receipt: z.object(sesVerdicts).nullish().catch(undefined),
});
type SesMail = z.output<typeof sesMail>;

/** Converts an email. Its subject decides which problem it is about, and whether that is over. */
export function eventOfMail({
  mail,
}: SesMail): Pick<MonitoringEvent, "action" | "message" | "dedupKey" | "source" | "timestamp" | "labels"> {
  const from = mail.commonHeaders?.from?.[0] || mail.source || undefined;
  const subject = mail.commonHeaders?.subject?.trim() ?? "";
  const { about, isOver } = readSubject(subject);
  return {
    action: isOver ? "resolve" : "trigger",
    ...problemOf(subject, about, from ?? "an unknown sender"),
    source: from,
    timestamp: parseInstant(mail.timestamp ?? ""),
    labels: { from, to: mail.destination?.join(", "), message_id: mail.messageId },
  };
}
