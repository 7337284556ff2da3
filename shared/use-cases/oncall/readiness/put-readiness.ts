import type { ReadinessRule } from "../../../domain/oncall/readiness.ts";
import type { ScheduleStore } from "../../ports/oncall.ts";
import { required } from "../../required.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

/** Replaces a team's requirement. @throws NotFound if the team is unknown */
export function putReadiness(
  { schedules }: { readonly schedules: Pick<ScheduleStore, "load" | "putReadiness"> },
  team: string,
  rule: ReadinessRule,
  now: number,
): Promise<void> {
  return retryOnConflict(async () => {
    const { readinessVersion } = required(await schedules.load(team, now), "team", team);
    await schedules.putReadiness(team, rule, readinessVersion);
  });
}
