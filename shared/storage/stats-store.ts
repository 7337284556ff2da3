import * as z from "zod";
import type { Tally } from "../domain/stats.ts";
import type { StatsStore } from "../use-cases/ports.ts";
import { jsonText } from "./entity.ts";
import { keys } from "./keys.ts";
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

/** An item holds 400 KiB. */
const largestTallyBytes = 350 * 1_024;

export function statsStore(table: Table): StatsStore {
  return {
    async findDay(day) {
      const item = await table.get(keys.statsOfDay(day));
      return item && z.decode(tallySchema, z.string().parse(item.tally));
    },
    async saveDay(day, value) {
      const tally = JSON.stringify(value);
      if (Buffer.byteLength(tally) > largestTallyBytes) return;
      await table.put({ item: { ...keys.statsOfDay(day), tally, entity: "stats", schemaVersion: 1 } });
    },
  };
}
