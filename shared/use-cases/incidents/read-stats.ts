import { timeOfId } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import {
  addTallies,
  type DailyTally,
  type HourlyTally,
  incidentsOf,
  type OpenedTally,
  summaryOf,
  type Tally,
  tally,
} from "../../domain/incidents/stats.ts";
import { dayMs, hourMs } from "../../domain/time-units.ts";
import { formatDate } from "../../domain/wall-clock.ts";
import type { IncidentStore, StatsStore, StoredHours } from "../ports/incidents.ts";

const hoursPerDay = 24;

/** Time after an hour until all of its incidents are stored, unless the queue has a backlog. */
const settlingMs = 600_000;

export interface ReadStatsDeps {
  readonly incidents: IncidentStore;
  readonly stats: StatsStore;
}

/**
 * Reads the tally of the incidents created in the window before now. Of hours and days that are over, only unresolved
 * incidents are read again.
 */
export async function readStats(deps: ReadStatsDeps, windowMs: number, now: number): Promise<Tally> {
  const from = now - windowMs;
  const tallies = daysBetween(from, now).map((day) =>
    day >= from && day + dayMs <= now ? tallyOfDay(deps, day, now) : tallyOfPart(deps, day, from, now),
  );
  return addTallies(await Promise.all(tallies));
}

const none: ReadonlySet<string> = new Set();

/**
 * Reads the tallies of UTC days, oldest first; the last one is today so far.
 *
 * @param left incidents to leave out of the tallies, which are not read
 */
export function readDailyTallies(
  deps: ReadStatsDeps,
  days: number,
  now: number,
  left: ReadonlySet<string> = none,
): Promise<DailyTally[]> {
  const today = startOfDay(now);
  return Promise.all(
    daysBetween(today - (days - 1) * dayMs, now).map(async (day) => ({
      day,
      tally: await (day === today
        ? tallyOfPart(deps, day, day, now, left)
        : tallyOfDay(deps, day, now, left)),
    })),
  );
}

/**
 * Reads the tallies of the hours of UTC days that have incidents, oldest first; the last day is today so far. A day that
 * version 0.1.0 stored as a whole counts as its noon.
 */
export async function readHourlyTallies(
  deps: ReadStatsDeps,
  days: number,
  now: number,
): Promise<OpenedTally[]> {
  const read = daysBetween(startOfDay(now) - (days - 1) * dayMs, now).map((day) =>
    hoursOfDay(deps, day, now),
  );
  return (await Promise.all(read)).flat();
}

/** More open incidents than a trend leaves out; it reads the others. */
const mostOpen = 10_000;
/** Open incidents that a trend reads, for up to 25 units. */
const fewOpen = 50;

/**
 * Reads daily tallies for response times. If there are many open incidents, they are left out, because few of them have
 * any: those that were acknowledged before and are open again.
 */
export async function readTrends(deps: ReadStatsDeps, days: number, now: number): Promise<DailyTally[]> {
  const open = await deps.incidents.idsIn("open", mostOpen);
  return readDailyTallies(deps, days, now, open.length > fewOpen ? new Set(open) : none);
}

/** Reads a past day, as one item if all its incidents are resolved. */
async function tallyOfDay(
  deps: ReadStatsDeps,
  day: number,
  now: number,
  left: ReadonlySet<string> = none,
): Promise<Tally> {
  const { stored, tally: whole } = await deps.stats.find(formatDate(day));
  if (whole) return whole;
  const { hours, incidents } = await readHours(deps, stored, day, now, left);
  return addTallies([tallyOf(incidents), ...hours.map((hour) => hour.tally)]);
}

async function hoursOfDay(deps: ReadStatsDeps, day: number, now: number): Promise<OpenedTally[]> {
  const { stored, tally: whole } = await deps.stats.find(formatDate(day));
  if (whole) return [{ openedAt: day + dayMs / 2, tally: whole }];
  const { hours, incidents } = await readHours(deps, stored, day, now, none);
  const others = Map.groupBy(incidents, ({ createdAt }) => Math.floor((createdAt - day) / hourMs));
  return Array.from({ length: hoursPerDay }, (_, hour) => ({
    openedAt: day + hour * hourMs,
    tally: addTallies([hours[hour]?.tally ?? noIncidents, tallyOf(others.get(hour) ?? [])]),
  })).filter(({ tally }) => incidentsOf(tally) > 0);
}

const noIncidents = tally([]);

/** Reads the incidents that were created on a day in [since, now]. */
async function tallyOfPart(
  deps: ReadStatsDeps,
  day: number,
  since: number,
  now: number,
  left: ReadonlySet<string> = none,
): Promise<Tally> {
  const from = Math.max(since, day);
  const { stored } = await deps.stats.find(formatDate(day));
  const { hours, incidents } = await readHours(deps, stored, day, now, left);
  const firstHour = Math.ceil((from - day) / hourMs);
  const fullFrom = day + Math.min(firstHour, hours.length) * hourMs;
  const partial = from < fullFrom ? await incidentsBetween(deps, from, fullFrom) : [];
  const rest = incidents.filter(({ createdAt }) => createdAt >= Math.max(from, fullFrom));
  return addTallies([tallyOf([...partial, ...rest]), ...hours.slice(firstHour).map((hour) => hour.tally)]);
}

interface HoursRead {
  /** Hours of the day that are over, from midnight on. */
  readonly hours: readonly HourlyTally[];
  /** Incidents of the day that are not in their tallies. */
  readonly incidents: readonly Incident[];
}

/**
 * Reads what changed since the hours of a day were stored: unresolved incidents, and new ones. Those that are left
 * out count as unresolved, so that a later read looks at them. Stores the result.
 */
async function readHours(
  deps: ReadStatsDeps,
  known: StoredHours | undefined,
  day: number,
  now: number,
  left: ReadonlySet<string>,
): Promise<HoursRead> {
  const stored = known?.hours ?? [];
  const before = stored.flatMap((hour) => hour.unresolved);
  const created = await idsBetween(deps, day + stored.length * hourMs, Math.min(day + dayMs, now + 1));
  const [unread, toRead] = partition([...before, ...created], (id) => left.has(id));
  const incidents = await deps.incidents.findAll(toRead);
  const hourOf = (at: number) => Math.floor((at - day) / hourMs);
  const byHour = Map.groupBy(incidents, ({ createdAt }) => hourOf(createdAt));
  const unreadByHour = Map.groupBy(unread, (id) => hourOf(timeOfId(id)));
  const over = Math.min(hoursPerDay, hourOf(now - settlingMs));
  const hours = Array.from({ length: Math.max(over, stored.length) }, (_, hour) => {
    const { tally, unresolved } = withResolved(stored[hour]?.tally, byHour.get(hour) ?? []);
    return { tally, unresolved: [...unresolved, ...(unreadByHour.get(hour) ?? [])] };
  });
  const changed =
    hours.length > stored.length ||
    hours.some(({ unresolved }, hour) => unresolved.length !== stored[hour]?.unresolved.length);
  if (changed && now >= (known?.unsettledUntil ?? 0))
    await deps.stats.saveHours(formatDate(day), hours, known);
  return {
    hours,
    incidents: incidents.filter(
      (incident) => !isResolved(incident) || incident.createdAt >= day + hours.length * hourMs,
    ),
  };
}

function withResolved(before: Tally | undefined, incidents: readonly Incident[]): HourlyTally {
  const resolved = tallyOf(incidents.filter(isResolved));
  return {
    tally: before ? addTallies([before, resolved]) : resolved,
    unresolved: incidents.filter((incident) => !isResolved(incident)).map(({ id }) => id),
  };
}

async function incidentsBetween(deps: ReadStatsDeps, from: number, to: number): Promise<readonly Incident[]> {
  return deps.incidents.findAll(await idsBetween(deps, from, to));
}

async function idsBetween(deps: ReadStatsDeps, from: number, to: number): Promise<readonly string[]> {
  return from < to ? deps.incidents.idsCreatedBetween(from, to) : [];
}

function partition<T>(values: readonly T[], isFirst: (value: T) => boolean): [T[], T[]] {
  return [values.filter(isFirst), values.filter((value) => !isFirst(value))];
}

function tallyOf(incidents: readonly Incident[]): Tally {
  return tally(incidents.map(summaryOf));
}

function isResolved({ status }: Incident): boolean {
  return status === "resolved";
}

/** Returns the UTC days that overlap [from, to]. */
function daysBetween(from: number, to: number): number[] {
  const first = startOfDay(from);
  return Array.from({ length: Math.floor((to - first) / dayMs) + 1 }, (_, index) => first + index * dayMs);
}

function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}
