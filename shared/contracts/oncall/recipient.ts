import * as z from "zod";
import type { Recipient } from "../../domain/oncall/escalation.ts";
import { describeReason } from "../../domain/oncall/page-reason.ts";

export const recipientResource = z.object({
  name: z.string().nullable(),
  email: z.string(),
  why: z.string(),
});

export function presentRecipient({ name, email, reason }: Recipient): z.input<typeof recipientResource> {
  return { name, email, why: describeReason(reason) };
}
