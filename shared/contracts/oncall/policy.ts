import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";
import { email } from "../fields.ts";

const atLeastOne = "must have at least one";

const target = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("schedule"), role: z.enum(onCallRoles) }),
  z.strictObject({ type: z.literal("user"), email }),
]);

export const policyInput = z.strictObject({
  rules: z
    .array(
      z.strictObject({
        targets: z.array(target).min(1, atLeastOne).max(limits.targetsPerRule),
        delay_seconds: z.int().min(1).max(limits.escalationDelaySeconds),
      }),
    )
    .min(1, atLeastOne)
    .max(limits.rulesPerPolicy),
  repeat: z
    .int(`must be a whole number from 0 to ${limits.policyRepeats}`)
    .min(0)
    .max(limits.policyRepeats)
    .default(0),
});

export function policyOf({ rules, repeat }: z.output<typeof policyInput>): EscalationPolicy {
  return {
    rules: rules.map(({ targets, delay_seconds }) => ({ targets, delaySeconds: delay_seconds })),
    repeat,
  };
}

export const policyResource = z
  .object({ team: z.string(), ...policyInput.shape, repeat: z.number() })
  .meta({ id: "EscalationPolicy" });

export function presentPolicy(
  team: string,
  { rules, repeat }: EscalationPolicy,
): z.input<typeof policyResource> {
  return {
    team,
    rules: rules.map(({ targets, delaySeconds }) => ({ targets: [...targets], delay_seconds: delaySeconds })),
    repeat,
  };
}
