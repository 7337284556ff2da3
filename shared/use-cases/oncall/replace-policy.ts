import { StaleVersion } from "../../domain/errors.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { ScheduleStore, TeamSchedule } from "../ports/oncall.ts";

/** Replaces the policy that was read. @returns false if it has changed since */
export async function replacePolicy(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  policy: EscalationPolicy,
  known: Pick<TeamSchedule, "policyVersion"> | undefined,
): Promise<boolean> {
  try {
    await schedules.putPolicy(team, policy, known?.policyVersion);
    return true;
  } catch (error) {
    if (error instanceof StaleVersion) return false;
    throw error;
  }
}
