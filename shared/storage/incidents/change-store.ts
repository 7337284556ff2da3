import * as z from "zod";
import { idPrefixes, timeOfId } from "../../domain/ids.ts";
import type { Change } from "../../domain/incidents/change.ts";
import { limits } from "../../domain/limits.ts";
import type { ChangeStore } from "../../use-cases/ports/incidents.ts";
import { entity, jsonText } from "../entity.ts";
import { keys, partitions } from "../keys.ts";
import type { Table } from "../table.ts";
import { firstUlidAt } from "../ulid-range.ts";

export const changeEntity = entity<Change>({
  name: "change",
  schema: z.object({
    id: z.string(),
    service: z.string(),
    summary: z.string(),
    source: z.string().nullable(),
    at: z.number(),
    links: z.array(z.object({ href: z.string(), text: z.string().nullable() })),
    details: jsonText(z.record(z.string(), z.unknown())),
  }),
  key: ({ service, id }) => keys.change(service, id),
  expiresAt: ({ id }) => Math.floor(timeOfId(id) / 1_000) + limits.changeSeconds,
});

export function changeStore(table: Table): ChangeStore {
  return {
    append: (change) => table.put({ item: changeEntity.toItem(change) }),
    async between(service, from, to) {
      const items = await table.query({
        pk: partitions.changesOfService(service),
        from: idPrefixes.change + firstUlidAt(from),
        before: idPrefixes.change + firstUlidAt(to),
        newestFirst: true,
        limit: limits.changesOfIncident,
      });
      return items.map((item) => changeEntity.parse(item));
    },
    async latest(service, since) {
      const range = {
        pk: partitions.changesOfService(service),
        from: idPrefixes.change + firstUlidAt(since),
        newestFirst: true,
        limit: limits.messageChanges,
      };
      const items = await table.query(range, { stale: true });
      return items.map((item) => changeEntity.parse(item));
    },
  };
}
