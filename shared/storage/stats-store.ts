import * as z from "zod";
import type { Tally } from "../domain/stats.ts";
import type { StatsStore } from "../use-cases/ports.ts";
import { jsonText } from "./entity.ts";
import { keys } from "./keys.ts";
import type { Table } from "./table.ts";

const counts = z.record(z.string(), z.number());
const tallySchema = jsonText(
  z.object({
    byStatus: counts,
    bySeverity: counts,
    byService: counts,
    mttaSeconds: z.array(z.number()),
    mttrSeconds: z.array(z.number()),
  }),
) satisfies z.ZodType<Tally>;

export function statsStore(table: Table): StatsStore {
  return {
    async findDay(day) {
      const item = await table.get(keys.statsOfDay(day));
      return item && z.decode(tallySchema, z.string().parse(item.tally));
    },
    saveDay: (day, tally) =>
      table.put({
        item: { ...keys.statsOfDay(day), tally: JSON.stringify(tally), entity: "stats", schemaVersion: 1 },
      }),
  };
}
