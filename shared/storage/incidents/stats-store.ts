import * as z from "zod";
import type { AnswerSums, HourlyTally, Tally } from "../../domain/incidents/stats.ts";
import { limits } from "../../domain/limits.ts";
import { formatDate } from "../../domain/wall-clock.ts";
import type { StatsStore } from "../../use-cases/ports/incidents.ts";
import { entity, jsonText } from "../entity.ts";
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
const answers = recordOf<AnswerSums>(
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
  answers: z.object({ severity: answers, service: answers, team: answers }),
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

interface HoursOfDay {
  readonly day: string;
  readonly hours: readonly HourlyTally[];
}

const hourlyTally = z.object({ tally: wholeTally, unresolved: z.array(z.string()) });

/** Days of which a window can contain a part, with a day to spare. */
const keptDays = limits.statsWindowDays + 2;

export const hourlyStatsEntity = entity<HoursOfDay>({
  name: "hourly stats",
  schema: z.object({ day: z.string(), hours: jsonText(z.array(hourlyTally)) }),
  key: ({ day }) => keys.statsOfHours(day),
  expiresAt: ({ day }) => expiryAfter(Date.parse(day), keptDays * 86_400),
});

/** An item can have up to 400 KiB. */
const largestTallyBytes = 350 * 1_024;

export function statsStore(table: Table): StatsStore {
  return {
    async findDay(day) {
      const item = await table.get(keys.statsOfDay(day), { stale: true });
      const tally = item && statsEntity.parse(item).tally;
      return tally && "answers" in tally ? tally : undefined;
    },
    async saveDay(day, tally) {
      if (Buffer.byteLength(JSON.stringify(tally)) > largestTallyBytes) return;
      // Unconditional: a day is stored once its incidents are resolved, so all writers store the same tally,
      // and it can replace one of an earlier version.
      await table.put({ item: statsEntity.toItem({ day, tally }) });
    },
    async forget(at) {
      const day = formatDate(at);
      await table.remove(keys.statsOfDay(day));
      await table.remove(keys.statsOfHours(day));
    },
    async findHours(day) {
      // An older state is complete as well: a reader continues from it, and finds the same incidents.
      const item = await table.get(keys.statsOfHours(day), { stale: true });
      return item ? hourlyStatsEntity.parse(item).hours : [];
    },
    async saveHours(day, hours) {
      if (Buffer.byteLength(JSON.stringify(hours)) > largestTallyBytes) return;
      // Unconditional: whatever two writers read, each stores a complete state, and the next read continues from it.
      await table.put({ item: hourlyStatsEntity.toItem({ day, hours }) });
    },
  };
}
