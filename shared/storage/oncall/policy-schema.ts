import * as z from "zod";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";

const target = z.discriminatedUnion("type", [
  z.object({ type: z.literal("schedule"), role: z.enum(onCallRoles) }),
  z.object({ type: z.literal("user"), email: z.string() }),
]);

export const policySchema = z.object({
  rules: z.array(z.object({ targets: z.array(target), delaySeconds: z.number() })),
  repeat: z.number(),
}) satisfies z.ZodType<EscalationPolicy>;
