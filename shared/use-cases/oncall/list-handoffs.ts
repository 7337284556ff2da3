import { type Handoff, handoffsBetween } from "../../domain/oncall/coverage.ts";
import { weekMs } from "../../domain/time-units.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { loadSchedule } from "./read-on-call.ts";

/** Lists the handoffs of a team in the weeks from a time. @throws NotFound if the team has no schedule */
export async function listHandoffs(
  deps: { readonly schedules: ScheduleStore },
  team: string,
  from: number,
  weeks: number,
): Promise<{ timezone: string; handoffs: readonly Handoff[] }> {
  const { history, schedule } = await loadSchedule(deps, team, from);
  const { timezone } = schedule;
  return { timezone, handoffs: handoffsBetween(history, timezone, from, from + weeks * weekMs) };
}
