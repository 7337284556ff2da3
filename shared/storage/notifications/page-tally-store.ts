import * as z from "zod";
import { ignoreStale } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { PagesOfDay, PageTallyStore } from "../../use-cases/ports/notifications.ts";
import { entity, jsonText } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";

const tally = z.object({
  email: z.string(),
  team: z.string(),
  pages: z.number(),
  nights: z.number(),
  weekends: z.number(),
});

/** Days that a window can contain. */
export const keptDays = limits.statsWindowDays + 2;

export const pageTallyEntity = entity<PagesOfDay>({
  name: "page tally",
  schema: z.object({
    day: z.string(),
    tallies: jsonText(z.array(tally)),
    countedTo: z.string().nullable(),
    isFinal: z.boolean(),
    version: z.number(),
  }),
  key: ({ day }) => keys.pagesOfDay(day),
  expiresAt: ({ day }) => expiryAfter(Date.parse(day), keptDays * 86_400),
});

export function pageTallyStore(table: Table): PageTallyStore {
  const days = entityStore(table, pageTallyEntity, { label: ({ day }) => `The pages of ${day}` });
  return {
    async findAll(of) {
      const items = await table.getAll(of.map(keys.pagesOfDay), { stale: true });
      return items.map(pageTallyEntity.parse);
    },
    async save(next, known) {
      await days.replace(known, next).catch(ignoreStale);
    },
  };
}
