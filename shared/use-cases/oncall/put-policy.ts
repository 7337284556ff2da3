import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** Replaces a team's policy. */
export function putPolicy(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  policy: EscalationPolicy,
  now: number,
): Promise<void> {
  return retryOnConflict(async () => {
    const known = await schedules.load(team, now);
    await schedules.putPolicy(team, policy, known?.policyVersion);
  });
}
