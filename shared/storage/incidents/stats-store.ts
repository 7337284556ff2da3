import * as z from "zod";
import { ignoreStale } from "../../domain/errors.ts";
import {
  type HourlyTally,
  incidentsOf,
  type ResponseTimes,
  type Tally,
  tally,
} from "../../domain/incidents/stats.ts";
import { limits } from "../../domain/limits.ts";
import { formatDate } from "../../domain/wall-clock.ts";
import type { StatsStore, StoredHours } from "../../use-cases/ports/incidents.ts";
import { entity, jsonText } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, nameIn } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

/** Unlike z.record, keeps a service named `__proto__`. */
function recordOf<T>(schema: z.ZodType<T>) {
  return z.custom<Record<string, T>>(
    (value) =>
      typeof value === "object" &&
      value !== null &&
      Object.values(value).every((each) => schema.safeParse(each).success),
  );
}

const counts = recordOf(z.number());
const responseTimes = recordOf<ResponseTimes>(
  z.object({
    acknowledged: z.number(),
    mttaSeconds: z.number(),
    resolved: z.number(),
    mttrSeconds: z.number(),
  }),
);
/** Tally of a day stored before there were teams and hours. */
const lesserTally = z.object({
  byStatus: counts,
  bySeverity: counts,
  byService: counts,
  mttaSeconds: z.array(z.number()),
  mttrSeconds: z.array(z.number()),
});
const wholeTally = lesserTally.extend({
  byTeam: counts,
  byHour: z.array(z.number()).length(24),
  answers: z.object({ severity: responseTimes, service: responseTimes, team: responseTimes }),
}) satisfies z.ZodType<Tally>;

interface DayStats {
  readonly day: string;
  readonly tally: Tally | z.output<typeof lesserTally>;
}

export const statsEntity = entity<DayStats>({
  name: "stats",
  schema: z.object({ day: z.string(), tally: jsonText(z.union([wholeTally, lesserTally])) }),
  key: ({ day }) => keys.statsOfDay(day),
  // Version 1 stored the day only in the key.
  upgrades: [(item) => ({ day: nameIn(item), ...item })],
});

interface HoursOfDay extends StoredHours {
  readonly day: string;
}

const hourlyTally: z.ZodType<HourlyTally> = z.object({ tally: wholeTally, unresolved: z.array(z.string()) });
const noIncidents: HourlyTally = { tally: tally([]), unresolved: [] };

/** Hours without incidents take no space. */
const hourSchema = z.codec(hourlyTally.nullable(), z.custom<HourlyTally>(), {
  decode: (hour) => hour ?? noIncidents,
  encode: (hour) => (isEmpty(hour) ? null : hour),
});

function isEmpty({ tally, unresolved }: HourlyTally): boolean {
  return unresolved.length === 0 && incidentsOf(tally) === 0;
}

/** Days that a window or a comparison with the one before can contain. */
const keptDays = 2 * limits.statsWindowDays + 2;

export const hourlyStatsEntity = entity<HoursOfDay>({
  name: "hourly stats",
  schema: z.object({
    day: z.string(),
    hours: jsonText(z.array(hourSchema)),
    unsettledUntil: z.number(),
    version: z.number(),
  }),
  key: ({ day }) => keys.statsOfHours(day),
  expiresAt: ({ day }) => expiryAfter(Date.parse(day), keptDays * 86_400),
});

/** An item can have up to 400 KiB. */
const largestHoursBytes = 350 * 1_024;

export function statsStore(table: Table): StatsStore {
  const days = entityStore(table, hourlyStatsEntity, { label: ({ day }) => `The statistics of ${day}` });
  return {
    async find(day) {
      const { pk } = keys.statsOfDay(day);
      const items = await table.query({ pk, newestFirst: false, limit: 2 }, { stale: true });
      const hours = items.find(hourlyStatsEntity.is);
      if (hours) return { stored: hourlyStatsEntity.parse(hours) };
      const whole = items.find(statsEntity.is);
      const tally = whole && statsEntity.parse(whole).tally;
      return tally && "answers" in tally ? { tally } : {};
    },

    async saveHours(day, hours, known) {
      const next = { day, hours, unsettledUntil: 0, version: 0 };
      if (Buffer.byteLength(JSON.stringify(hours)) > largestHoursBytes) return;
      await days.replace(known && { ...known, day }, next).catch(ignoreStale);
    },

    async discard(at, unsettledUntil) {
      const day = formatDate(at);
      // Unconditional: whatever is stored, it is out of date. The version differs from all that were read.
      await table.put({
        item: hourlyStatsEntity.toItem({ day, hours: [], unsettledUntil, version: unsettledUntil }),
      });
    },
  };
}
