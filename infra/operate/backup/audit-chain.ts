/** The audit log's chain in exports and imports. */
import { limits } from "../../../shared/domain/limits.ts";
import { entryDigestEntity, sealEntity } from "../../../shared/storage/access/audit-seals.ts";
import { keys, partitions } from "../../../shared/storage/keys.ts";
import type { Item, Table } from "../../../shared/storage/table.ts";

const oldestFirst = { newestFirst: false, limit: limits.unsealedEntries };

/**
 * Yields the pages of a scan, then the entries that were recorded or sealed meanwhile: a scan may pass a digest before it
 * is written, and its seal too.
 */
export async function* withLatestEntries(
  table: Pick<Table, "query" | "getAll">,
  pages: AsyncIterable<readonly Item[]>,
): AsyncGenerator<readonly Item[]> {
  const [last] = await table.query({ pk: partitions.seals, newestFirst: true, limit: 1 });
  const next = last ? sealEntity.parse(last).number + 1 : 1;
  yield* pages;
  // Digests before seals: one that is sealed in between is in both.
  const digests = await table.query({ pk: partitions.entryDigests, ...oldestFirst });
  const seals = await table.query({ pk: partitions.seals, from: keys.seal(next).sk, ...oldestFirst });
  const ids = new Set(
    [...digests.map(entryDigestEntity.parse), ...seals.map(sealEntity.parse)].map(({ entryId }) => entryId),
  );
  const latest = [...(await table.getAll([...ids].map(keys.audit))), ...digests, ...seals];
  if (latest.length > 0) yield latest;
}

/**
 * Makes room for an imported chain: entries of this platform wait for their seal again, behind the imported ones.
 *
 * @param table of a platform that seals nothing, because its import has begun
 */
export async function unseal(table: Pick<Table, "query" | "transact">): Promise<void> {
  for (const item of await table.query({ pk: partitions.seals, ...oldestFirst })) {
    const { number, hash, ...digest } = sealEntity.parse(item);
    await table.transact([{ item: entryDigestEntity.toItem(digest) }, { remove: keys.seal(number) }]);
  }
}
