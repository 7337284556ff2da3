/** A drill: a page without an incident, by which the next person on call practices to answer. */
import { type Contact, contactsOf, type Destination, type User } from "../access/contact.ts";
import { isPseudonym } from "../access/forget/pseudonym.ts";
import { limits } from "../limits.ts";
import type { Person } from "../person.ts";
import { dayMs } from "../time-units.ts";
import { formatDate, startOfDay, timeOfDayMs, wallClockAt, weekdayOf, weekdays } from "../wall-clock.ts";
import { onCallBetween, type ScheduleHistory } from "./on-call.ts";

/** The latest drill of a team. Times are epoch milliseconds. */
export interface Drill {
  readonly team: string;
  /** Monday of its week, as a date of the person's time zone. */
  readonly week: string;
  readonly email: string;
  readonly startedAt: number;
  /** Time until which the person must answer. */
  readonly answerBy: number;
  readonly answeredAt: number | null;
  /** Time at which it was recorded as missed; null before, and if it was answered in time. */
  readonly missedAt: number | null;
  /** Time at which it was called off because the person was paged about an incident; null otherwise. */
  readonly canceledAt: number | null;
  /** 0 if it is not stored yet. */
  readonly version: number;
}

/** Time to look ahead for the next person on call. */
const aheadMs = 28 * dayMs;

/** Returns the person whose shift as primary begins next, otherwise the present primary. Forgotten people are left out. */
export function nextPerson(history: ScheduleHistory, now: number): Person | undefined {
  const [current, ...later] = onCallBetween(history, "primary", now, now + aheadMs).map(({ person }) =>
    person && !isPseudonym(person.email) ? person : undefined,
  );
  return later.find((person) => person && person.email !== current?.email) ?? current;
}

/** Hours of drills, Monday to Friday in the person's time zone. Nights, evenings and weekends are quiet. */
const firstHour = "10:00";
const lastHour = "16:00";

/** Returns the Monday of the week if a drill may start at a time in a time zone, otherwise undefined. */
export function drillWeekAt(at: number, timezone: string): string | undefined {
  const local = wallClockAt(at, timezone);
  const day = startOfDay(local);
  const weekday = workdays.indexOf(weekdayOf(day));
  const isWorkingTime = local - day >= timeOfDayMs(firstHour) && local - day < timeOfDayMs(lastHour);
  return weekday < 0 || !isWorkingTime ? undefined : formatDate(day - weekday * dayMs);
}

/**
 * Returns the contacts that a drill uses: those with a provider, because messages of others are only printed. None if no
 * message would be sent before the drill ends, in which case there is no drill.
 */
export function contactsOfDrill(
  email: string,
  user: User | undefined,
  hasProvider: (method: Destination) => boolean,
): readonly Contact[] {
  const contacts = contactsOf(email, user).filter(({ method }) => hasProvider(method));
  return contacts.some(isInDrill) ? contacts : [];
}

/** Returns true for a contact that is used before a drill ends, whatever becomes of the others. */
export function isInDrill<C extends Contact>(contact: C): contact is C & { readonly delaySeconds: number } {
  return contact.delaySeconds !== null && contact.delaySeconds < limits.drillSeconds;
}

const workdays: readonly string[] = weekdays.slice(0, 5);

/** Returns true while a drill waits for its answer. */
export function isPending({ answeredAt, missedAt, canceledAt }: Drill): boolean {
  return answeredAt === null && missedAt === null && canceledAt === null;
}
