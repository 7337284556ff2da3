import * as z from "zod";
import { type Downtime, unknownDowntime } from "../../domain/alerts/downtime.ts";
import type { DowntimeStore } from "../../use-cases/ports/alerts.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table.ts";

export const downtimeEntity = entity<Downtime>({
  name: "listening",
  schema: z.object({
    sweptAt: z.number().nullable(),
    gaps: z.array(z.object({ from: z.number(), to: z.number() })),
    version: z.number(),
  }),
  key: () => keys.listening(),
});

/** Takes one read and one write of less than 1 KiB per minute. */
export function downtimeStore(table: Table): DowntimeStore {
  const store = entityStore(table, downtimeEntity, {
    label: () => "The time of the last sweep",
    startsMissing: true,
  });
  return {
    load: async () => (await store.find(keys.listening())) ?? unknownDowntime,
    save: async (downtime) => void (await store.replace(downtime, downtime)),
  };
}
