/**
 * Finds items by ID whose keys contain more than the ID. A location item contains the key, so that a new item
 * is found immediately; an index would lag.
 */
import * as z from "zod";
import { type Entity, entity } from "./entity.ts";
import { keys } from "./keys.ts";
import type { IndexName, Item, Key, Put, Removal, Table } from "./table.ts";

interface Location {
  readonly id: string;
  readonly itemPk: string;
  readonly itemSk: string;
}

export const locationEntity = entity<Location>({
  name: "location",
  schema: z.object({ id: z.string(), itemPk: z.string(), itemSk: z.string() }),
  key: ({ id }) => keys.location(id),
});

/** Returns the location item. Write it in the item's transaction; it expires with the item. */
export function locationOf(id: string, { pk, sk, expiresAt }: Item): Put {
  const item = locationEntity.toItem({ id, itemPk: pk, itemSk: sk });
  return { item: expiresAt === undefined ? item : { ...item, expiresAt } };
}

/** Returns the removal of the location item, for the transaction that removes the item. */
export function locationRemoval(id: string): Removal {
  return { remove: keys.location(id) };
}

interface Lookup<T> {
  readonly entity: Entity<T>;
  readonly id: string;
  /** Index that finds items from before there were locations. */
  readonly index: IndexName;
  readonly pk: string;
}

/** Moves of an item that may occur between reading its location and the item. */
const mostMoves = 3;

export async function findById<T>(
  table: Table,
  { entity, id, index, pk }: Lookup<T>,
): Promise<T | undefined> {
  for (let move = 0; move < mostMoves; move += 1) {
    const location = await table.get(keys.location(id));
    if (!location) break;
    const { itemPk, itemSk } = locationEntity.parse(location);
    const item = await table.get({ pk: itemPk, sk: itemSk });
    if (item) return entity.parse(item);
  }
  const [entry] = await table.queryIndex(index, { pk, newestFirst: true, limit: 1 });
  const older: Key | undefined = entry && { pk: entry.pk, sk: entry.sk };
  const item = older && (await table.get(older));
  return item && entity.parse(item);
}
