import { onCallAt } from "../../domain/oncall/on-call.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";
import type { Person } from "../../domain/person.ts";
import type { ScheduleStore } from "../ports/oncall.ts";

/**
 * Returns the people to suggest for a team's incidents: primary, then secondary; empty without a schedule.
 */
export async function suggestAssignees(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  now: number,
): Promise<readonly Person[]> {
  const loaded = await schedules.load(team, now);
  if (!loaded) return [];
  const people = onCallRoles.flatMap((role) => onCallAt(loaded.history, role, now).person ?? []);
  return people.filter(({ email }, index) => people.findIndex((other) => other.email === email) === index);
}
