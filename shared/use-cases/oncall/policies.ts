import { StaleVersion } from "../../domain/errors.ts";
import { defaultPolicy, type EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { ScheduleStore, TeamSchedule } from "../ports/oncall.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

/** Reads a team's policy, or the default. @throws NotFound if the team is unknown */
export async function readPolicy(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  now: number,
): Promise<EscalationPolicy> {
  return required(await schedules.load(team, now), "team", team).policy ?? defaultPolicy;
}

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
