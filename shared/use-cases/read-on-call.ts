import { type OnCall, type OnCallRole, onCallAt, type Schedule } from "../domain/schedule.ts";
import { existing } from "./existing.ts";
import type { ScheduleStore } from "./ports.ts";

/**
 * Who is on call for a team at an instant; one read.
 *
 * @throws NotFound when the team has no schedule
 */
export async function readOnCall(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  at: number,
): Promise<{ schedule: Schedule; onCall: Record<OnCallRole, OnCall | undefined> }> {
  const schedule = existing(await schedules.findByTeam(team), "team", team);
  return {
    schedule,
    onCall: { primary: onCallAt(schedule, "primary", at), secondary: onCallAt(schedule, "secondary", at) },
  };
}
