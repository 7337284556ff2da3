import {
  addTallies,
  type DailyTally,
  factsOf,
  type IncidentFacts,
  type Tally,
  tally,
} from "../../domain/incidents/stats.ts";
import type { IncidentStore, StatsStore } from "../ports/incidents.ts";

const dayMs = 86_400_000;

export interface ReadStatsDeps {
  readonly incidents: IncidentStore;
  readonly stats: StatsStore;
}

/**
 * Reads the tally of the incidents created in the window before now. A past day with only resolved incidents
 * cannot change, so its tally is stored once and then read as one item.
 */
export async function readStats(deps: ReadStatsDeps, windowMs: number, now: number): Promise<Tally> {
  const from = now - windowMs;
  const firstDay = Math.floor(from / dayMs) * dayMs;
  const days = Array.from(
    { length: Math.ceil((now - firstDay) / dayMs) },
    (_, index) => firstDay + index * dayMs,
  );
  const tallies = await Promise.all(
    days.map((day) =>
      day >= from && day + dayMs <= now
        ? tallyOfDay(deps, day)
        : factsBetween(deps, Math.max(day, from), Math.min(day + dayMs, now + 1)).then(tally),
    ),
  );
  return addTallies(tallies);
}

/** Reads the tallies of UTC days, oldest first; the last one is today so far. */
export function readDailyTallies(deps: ReadStatsDeps, days: number, now: number): Promise<DailyTally[]> {
  const today = Math.floor(now / dayMs) * dayMs;
  return Promise.all(
    Array.from({ length: days }, async (_, index) => {
      const day = today - (days - 1 - index) * dayMs;
      const tallied =
        day === today ? tally(await factsBetween(deps, day, now + 1)) : await tallyOfDay(deps, day);
      return { day, tally: tallied };
    }),
  );
}

async function tallyOfDay(deps: ReadStatsDeps, start: number): Promise<Tally> {
  const day = new Date(start).toISOString().slice(0, 10);
  const stored = await deps.stats.findDay(day);
  if (stored) return stored;
  const facts = await factsBetween(deps, start, start + dayMs);
  const tallied = tally(facts);
  const final = facts.every(({ status }) => status === "resolved");
  if (final) await deps.stats.saveDay(day, tallied);
  return tallied;
}

async function factsBetween(deps: ReadStatsDeps, from: number, to: number): Promise<IncidentFacts[]> {
  const facts: IncidentFacts[] = [];
  for await (const incident of deps.incidents.createdBetween(from, to)) facts.push(factsOf(incident));
  return facts;
}
