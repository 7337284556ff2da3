import type { Entity } from "./entity.ts";
import type { Table } from "./table.ts";

/** An item whose key says more than its id, by the id's own partition of an index; read as it is now. */
export async function findById<T>(
  table: Table,
  { entity, index, pk }: { readonly entity: Entity<T>; readonly index: "gsi2"; readonly pk: string },
): Promise<T | undefined> {
  const [entry] = await table.queryIndex(index, { pk, newestFirst: true, limit: 1 });
  const item = entry && (await table.get({ pk: entry.pk, sk: entry.sk }));
  return item && entity.parse(item);
}
