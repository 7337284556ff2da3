import * as z from "zod";
import type { PageWindow } from "../../domain/notifications/page-window.ts";
import type { PageWindowStore } from "../../use-cases/ports/notifications.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import { keptFor } from "../retention.ts";
import type { Table } from "../table.ts";

export const pageWindowEntity = entity<PageWindow>({
  name: "page window",
  schema: z.object({
    recipient: z.string(),
    channel: z.string(),
    address: z.string(),
    firstPageId: z.string(),
    startedAt: z.number(),
    slot: z.number(),
    version: z.number(),
  }),
  key: keys.pageWindow,
});

/** Costs one read unit per page, and one write unit per message. */
export function pageWindowStore(table: Table): PageWindowStore {
  const kept = keptFor(1, pageWindowEntity, ({ startedAt }) => startedAt);
  const windows = entityStore(table, kept, { label: ({ recipient }) => `The page window of ${recipient}` });
  return {
    find: (method) => windows.find(keys.pageWindow(method)),
    save: async (window, known) => void (await windows.replace(known, window)),
  };
}
