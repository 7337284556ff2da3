import { contactsOf, type User } from "../../domain/access/contact.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { waitingText } from "../../domain/incidents/waiting.ts";
import { type Notification, newNotification } from "../../domain/notifications/notification.ts";
import { onCallAt } from "../../domain/oncall/on-call.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";
import { count } from "../../domain/text/count.ts";
import { minuteMs } from "../../domain/time-units.ts";
import { formatDate, startOfDay, timeOfDayMs, wallClockAt, weekdayOf } from "../../domain/wall-clock.ts";
import type { UserStore } from "../ports/access.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { Clock, Digest } from "../ports/system.ts";
import { type QueueNotificationsDeps, queueNotifications } from "./queue-notifications.ts";

interface DigestDeps extends QueueNotificationsDeps {
  readonly incidents: Pick<IncidentStore, "idsIn" | "findAll">;
  readonly schedules: Pick<ScheduleStore, "load">;
  readonly users: Pick<UserStore, "findAll">;
  readonly digest: Digest;
  readonly clock: Clock;
}

/** Local time at which people receive their digest, Monday to Friday. */
const digestTime = "09:00";
/** Offsets of time zones are multiples of this, so it is 09:00 somewhere only at these times. */
const stepMs = 15 * minuteMs;
/** Runs within this time handle a digest, to cover a missed run. */
const lookBackMs = 3 * minuteMs;
/** Latest open incidents that are considered. */
const readIncidents = 200;
/** Incidents listed in a digest. */
const namedIncidents = 20;

/**
 * Sends each person on call, at 09:00 of their time zone on weekdays, one message that lists the open incidents of low
 * urgency of their teams. Each is sent once.
 *
 * In three of fifteen minutes, it reads half a unit for the IDs of up to thirty open incidents and half a unit for each,
 * at most 104. If some wait, it reads one query per team of theirs, and their people.
 */
export async function sendDigests(deps: DigestDeps): Promise<void> {
  const now = deps.clock();
  const at = Math.floor(now / stepMs) * stepMs;
  if (now - at >= lookBackMs) return;
  const waiting = (await deps.incidents.findAll(await deps.incidents.idsIn("open", readIncidents)))
    .filter(({ status, urgency }) => status === "open" && urgency === "low")
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const teams = [...new Set(waiting.map(({ team }) => team))];
  const teamsOf = await teamsOfPeople(deps, teams, at);
  const emails = [...teamsOf.keys()];
  const users = emails.length === 0 ? [] : await deps.users.findAll(emails);
  const digests = emails.flatMap((email) => {
    const user = users.find((found) => found.email === email);
    const local = wallClockAt(at, user?.timezone ?? "UTC");
    const incidents = waiting.filter(({ team }) => teamsOf.get(email)?.has(team));
    return isDue(local) ? digestTo(email, user, formatDate(local), incidents, at, deps.digest) : [];
  });
  await queueNotifications(deps, digests, now);
}

/** Returns the teams that each person is on call for. */
async function teamsOfPeople(
  { schedules }: DigestDeps,
  teams: readonly string[],
  at: number,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const loaded = await Promise.all(teams.map((team) => schedules.load(team, at)));
  const teamsOf = new Map<string, Set<string>>();
  for (const [index, team] of teams.entries()) {
    const history = loaded[index]?.history;
    for (const role of history ? onCallRoles : []) {
      const email = history && onCallAt(history, role, at).person?.email;
      if (email) teamsOf.set(email, (teamsOf.get(email) ?? new Set()).add(team));
    }
  }
  return teamsOf;
}

function isDue(local: number): boolean {
  const weekday = weekdayOf(startOfDay(local));
  return (
    local - startOfDay(local) === timeOfDayMs(digestTime) && weekday !== "saturday" && weekday !== "sunday"
  );
}

function digestTo(
  recipient: string,
  user: User | undefined,
  date: string,
  incidents: readonly Incident[],
  at: number,
  digest: Digest,
): Notification[] {
  const [contact] = contactsOf(recipient, user, "low");
  if (!contact) return [];
  const { channel, address } = contact.method;
  return [
    newNotification({
      id: idPrefixes.notification + digest(JSON.stringify(["digest", recipient, date])),
      kind: "digest",
      incidentId: null,
      channel,
      recipient,
      address,
      message: messageOf(incidents, at),
      severity: null,
      createdAt: at,
    }),
  ];
}

function messageOf(incidents: readonly Incident[], at: number): string {
  const { length } = incidents;
  const lines = incidents.slice(0, namedIncidents).map((incident) => {
    const { number, title, team } = incident;
    return `#${number} ${title} (${team}). ${waitingText(incident, at)}`;
  });
  return [
    `${count(length, "low-urgency incident")} ${length === 1 ? "is" : "are"} open:`,
    ...lines,
    ...(length > namedIncidents ? [`and ${length - namedIncidents} more.`] : []),
  ].join("\n");
}
