import * as z from "zod";
import { type Listening, unknownListening } from "../../domain/alerts/listening.ts";
import type { ListeningStore } from "../../use-cases/ports/alerts.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table.ts";

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
  const store = entityStore(table, listeningEntity, {
    label: () => "The time of the last sweep",
    startsMissing: true,
  });
  return {
    load: async () => (await store.find(keys.listening())) ?? unknownListening,
    save: async (listening) => void (await store.replace(listening, listening)),
  };
}
