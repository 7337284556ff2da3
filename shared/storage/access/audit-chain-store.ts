import type { AuditChainStore } from "../../use-cases/ports/audit.ts";
import { orStale } from "../conditional-write.ts";
import { keys, partitions } from "../keys.ts";
import type { Item, Table } from "../table.ts";
import { entryDigestEntity, sealEntity } from "./audit-seals.ts";
import { auditEntity } from "./audit-store.ts";

/** Fails while an import is running, which writes seals too. Removes nothing: only the import's record has a digest. */
const noImport = { remove: keys.import(), condition: { equals: { digest: undefined } } };

export function auditChainStore(table: Table): AuditChainStore {
  const range = { newestFirst: false };
  return {
    async unsealed(limit) {
      const items = await table.query({ pk: partitions.entryDigests, ...range, limit });
      return items.map(entryDigestEntity.parse);
    },
    async last() {
      const [item] = await table.query({ pk: partitions.seals, newestFirst: true, limit: 1 });
      return item && sealEntity.parse(item);
    },
    append: (seals) =>
      orStale(
        "The audit log's chain",
        table.transact([
          ...seals.map((seal) => ({ item: sealEntity.toItem(seal), condition: { absent: true as const } })),
          ...seals.map(({ entryId, content }) => ({
            remove: keys.entryDigest(entryId),
            condition: { equals: { content } },
          })),
          noImport,
        ]),
      ),
    async seals(after, limit) {
      const items = await table.query({
        pk: partitions.seals,
        from: keys.seal(after + 1).sk,
        ...range,
        limit,
      });
      return items.map(sealEntity.parse);
    },
    async findEntries(ids) {
      const items = await table.getAll([...new Set(ids)].map(keys.audit));
      return new Map(items.map((item) => [item.sk, auditEntity.parse(item)]));
    },
    async entries(after, limit) {
      const from = after === null ? {} : { from: after };
      const items = await table.query({ pk: partitions.audit, ...from, ...range, limit: limit + 1 });
      return items
        .filter(({ sk }: Item) => sk !== after)
        .slice(0, limit)
        .map(auditEntity.parse);
    },
  };
}
