/** Load of people: pages, pages at night and on weekends, and time on call. */
import { asksForResponse, type Notification } from "../notifications/notification.ts";
import type { Person } from "../person.ts";
import { wallClockAt } from "../wall-clock.ts";

/** Pages to a person about incidents of a team. */
export interface PageTally {
  readonly email: string;
  readonly team: string;
  readonly pages: number;
  /** Pages from 22:00 to 07:00 where the person is. */
  readonly nights: number;
  /** Pages on Saturday and Sunday where the person is. */
  readonly weekends: number;
}

/** A shift as primary of a team. */
export interface PrimaryShift {
  readonly team: string;
  readonly person: Person;
  readonly start: number;
  readonly end: number;
}

export interface PersonLoad extends Omit<PageTally, "team"> {
  /** Null for someone who was paged without being on call. */
  readonly name: string | null;
  /** Time on call as primary, in which several teams at once count once. */
  readonly onCallMs: number;
}

/** Returns true for a message that reached a person to make them respond. */
export function isPage(notification: Pick<Notification, "kind" | "status">): boolean {
  return asksForResponse(notification) && notification.status === "sent";
}

/** @param timezone IANA time zone of the person */
export function tallyOfPage(page: Notification, timezone: string): PageTally {
  const local = new Date(wallClockAt(page.sentAt ?? page.createdAt, timezone));
  const isNight = local.getUTCHours() >= 22 || local.getUTCHours() < 7;
  const isWeekend = local.getUTCDay() % 6 === 0;
  return {
    email: page.recipient,
    team: String(page.metadata.team ?? ""),
    pages: 1,
    nights: isNight ? 1 : 0,
    weekends: isWeekend ? 1 : 0,
  };
}

/** Adds the tallies of each person and team up. */
export function addPages(tallies: readonly PageTally[]): PageTally[] {
  const groups = Map.groupBy(tallies, ({ email, team }) => JSON.stringify([email, team]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first ? [{ ...first, ...sums(group) }] : [];
  });
}

/**
 * Returns the load of each person, those with the most pages first.
 *
 * @param team counts only the pages and shifts of a team
 */
export function loadOf(
  { pages, shifts }: { readonly pages: readonly PageTally[]; readonly shifts: readonly PrimaryShift[] },
  team?: string,
): PersonLoad[] {
  const isOfTeam = (each: { readonly team: string }) => team === undefined || each.team === team;
  const pagesOf = Map.groupBy(pages.filter(isOfTeam), ({ email }) => email.toLowerCase());
  const shiftsOf = Map.groupBy(shifts.filter(isOfTeam), ({ person }) => person.email.toLowerCase());
  const emails = new Set([...pagesOf.keys(), ...shiftsOf.keys()]);
  const nameOf = new Map(shifts.map(({ person }) => [person.email.toLowerCase(), person.name]));
  return [...emails]
    .map((email) => ({
      email,
      name: nameOf.get(email) ?? null,
      ...sums(pagesOf.get(email) ?? []),
      onCallMs: unionMs(shiftsOf.get(email) ?? []),
    }))
    .toSorted((a, b) => b.pages - a.pages || b.onCallMs - a.onCallMs || a.email.localeCompare(b.email));
}

function sums(tallies: readonly PageTally[]): Pick<PageTally, "pages" | "nights" | "weekends"> {
  const sum = (pick: (tally: PageTally) => number) => tallies.reduce((total, each) => total + pick(each), 0);
  return {
    pages: sum(({ pages }) => pages),
    nights: sum(({ nights }) => nights),
    weekends: sum(({ weekends }) => weekends),
  };
}

/** Returns the length of the union of intervals. */
function unionMs(intervals: readonly { readonly start: number; readonly end: number }[]): number {
  let [total, until] = [0, Number.NEGATIVE_INFINITY];
  for (const { start, end } of intervals.toSorted((a, b) => a.start - b.start)) {
    total += Math.max(0, end - Math.max(start, until));
    until = Math.max(until, end);
  }
  return total;
}
