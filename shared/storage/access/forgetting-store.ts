import * as z from "zod";
import { type Forgetting, forgettingAreas } from "../../domain/access/forget/forgetting.ts";
import { personSchema } from "../../messages/incident-changed.ts";
import type { ForgettingStore } from "../../use-cases/ports/personal-data.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

/** The names in an abandoned erasure are deleted after this time. */
const keptSeconds = 30 * 86_400;

export const forgettingEntity = entity<Forgetting>({
  name: "forgetting",
  schema: z.object({
    digest: z.string(),
    pseudonym: personSchema,
    names: z.array(z.string()),
    area: z.enum(forgettingAreas),
    position: z.string().nullable(),
    counts: z.record(z.enum(forgettingAreas), z.number()),
    startedAt: z.number(),
    version: z.number(),
  }),
  key: ({ digest }) => keys.forgetting(digest),
  expiresAt: ({ startedAt }) => expiryAfter(startedAt, keptSeconds),
});

export function forgettingStore(table: Table): ForgettingStore {
  const store = entityStore(table, forgettingEntity, { label: () => "The erasure" });
  return {
    find: (digest) => store.find(keys.forgetting(digest)),
    save: (next, known) => store.replace(known, next),
    remove: (known) => store.remove(known),
  };
}
