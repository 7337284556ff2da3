import { idPrefixes } from "../../../domain/ids.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { snoozed } from "../../../domain/incidents/lifecycle.ts";
import type { SnoozeEnd } from "../../../domain/incidents/snooze/snooze-end.ts";
import { nextWorkingMorning } from "../../../domain/incidents/snooze/working-morning.ts";
import { onCallAt } from "../../../domain/oncall/on-call.ts";
import type { UserStore } from "../../ports/access.ts";
import type { ScheduleStore } from "../../ports/oncall.ts";
import { assigneeOf, type ChangeContext, type ChangeIncidentDeps, storeChange } from "../change-incident.ts";

/**
 * Snoozes an incident: it is acknowledged until a time, at which it is open again and pages the people on call then.
 * Snoozing again replaces the snooze. Like an acknowledgement, it assigns the incident to its actor, unless someone is
 * assigned.
 *
 * @throws NotFound
 * @throws Conflict if it is resolved
 * @throws Unavailable if too many of its events are pending
 */
export function snoozeIncident(
  deps: ChangeIncidentDeps,
  idOrNumber: string,
  end: SnoozeEnd,
  context: ChangeContext,
  now: number,
): Promise<Incident> {
  return storeChange(deps, idOrNumber, context, now, async (incident) => {
    const [person, until] = await Promise.all([
      assigneeOf(deps, incident, context.actor, now),
      end === "next_working_morning" ? morningOnCall(deps, incident.team, now) : end,
    ]);
    const metadata = { now, eventId: idPrefixes.event + deps.ulid(now), actor: context.actor };
    return { incident: snoozed(incident, until, person, metadata) };
  });
}

/**
 * Returns the next working morning in the zone of the person on call, otherwise of the schedule, otherwise UTC. Reads
 * the schedule and the user, half a unit each.
 */
async function morningOnCall(
  {
    schedules,
    users,
  }: { readonly schedules: Pick<ScheduleStore, "load">; readonly users: Pick<UserStore, "find"> },
  team: string,
  now: number,
): Promise<number> {
  const loaded = await schedules.load(team, now, { stale: true });
  const person = loaded && onCallAt(loaded.history, "primary", now).person;
  const user = person ? await users.find(person.email) : undefined;
  return nextWorkingMorning(now, user?.timezone ?? loaded?.schedule?.timezone ?? "UTC");
}
