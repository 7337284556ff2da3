import { NotFound } from "../domain/errors.ts";
import { type OnCall, onCallAt, type Schedule } from "../domain/schedule.ts";
import type { ScheduleStore } from "./ports.ts";

export interface CurrentOnCall {
  readonly schedule: Schedule;
  readonly at: number;
  readonly primary: OnCall | null;
  readonly secondary: OnCall | null;
}

/**
 * Who is on call for a team at an instant; one read.
 *
 * @throws NotFound when the team has no schedule
 */
export async function readOnCall(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  at: number,
): Promise<CurrentOnCall> {
  const schedule = await schedules.findByTeam(team);
  if (!schedule) throw new NotFound("team", team);
  return {
    schedule,
    at,
    primary: onCallAt(schedule, "primary", at) ?? null,
    secondary: onCallAt(schedule, "secondary", at) ?? null,
  };
}
