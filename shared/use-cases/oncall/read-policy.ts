import { defaultPolicy, type EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { required } from "../required.ts";

/** Reads a team's policy, or the default. @throws NotFound if the team is unknown */
export async function readPolicy(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  now: number,
): Promise<EscalationPolicy> {
  return required(await schedules.load(team, now), "team", team).policy ?? defaultPolicy;
}
