import * as z from "zod";
import type { Tally } from "../domain/stats.ts";
import type { StatsStore } from "../use-cases/ports.ts";
import { entity, jsonText } from "./entity.ts";
import { keys, nameIn } from "./keys.ts";
import type { Table } from "./table.ts";

/** Not a z.record: that leaves out a service named `__proto__`. */
const counts = z.custom<Record<string, number>>(
  (value) =>
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((count) => typeof count === "number"),
);
const tallySchema = jsonText(
  z.object({
    byStatus: counts,
    bySeverity: counts,
    byService: counts,
    mttaSeconds: z.array(z.number()),
    mttrSeconds: z.array(z.number()),
  }),
) satisfies z.ZodType<Tally>;

export const statsEntity = entity<{ readonly day: string; readonly tally: Tally }>({
  name: "stats",
  schema: z.object({ day: z.string(), tally: tallySchema }),
  key: ({ day }) => keys.statsOfDay(day),
  // The first version told its day by its key alone.
  upgrades: [(item) => ({ day: nameIn(item), ...item })],
});

/** An item holds 400 KiB. */
const largestTallyBytes = 350 * 1_024;

export function statsStore(table: Table): StatsStore {
  return {
    async findDay(day) {
      const item = await table.get(keys.statsOfDay(day));
      return item && statsEntity.parse(item).tally;
    },
    async saveDay(day, tally) {
      if (Buffer.byteLength(JSON.stringify(tally)) > largestTallyBytes) return;
      await table.put({ item: statsEntity.toItem({ day, tally }) });
    },
  };
}
