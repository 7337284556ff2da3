import * as z from "zod";
import { type Listening, unknownListening } from "../../domain/alerts/listening.ts";
import { StaleVersion } from "../../domain/errors.ts";
import type { ListeningStore } from "../../use-cases/ports/alerts.ts";
import { entity } from "../entity.ts";
import { keys } from "../keys.ts";
import { ConditionFailed, type Table } from "../table.ts";

export const listeningEntity = entity<Listening>({
  name: "listening",
  schema: z.object({
    sweptAt: z.number().nullable(),
    gaps: z.array(z.object({ from: z.number(), to: z.number() })),
    version: z.number(),
  }),
  key: () => keys.listening(),
});

/** Takes one read and one write of less than 1 KiB per minute. */
export function listeningStore(table: Table): ListeningStore {
  return {
    async load() {
      const item = await table.get(keys.listening());
      return item ? listeningEntity.parse(item) : unknownListening;
    },

    async save(listening) {
      const { version } = listening;
      const item = listeningEntity.toItem({ ...listening, version: version + 1 });
      const condition = version === 0 ? { absent: true as const } : { equals: { version } };
      try {
        await table.put({ item, condition });
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        throw new StaleVersion("Another sweep ran in the meantime");
      }
    },
  };
}
