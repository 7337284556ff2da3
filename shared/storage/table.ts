/** Operations that stores use. `dynamo-table.ts` implements them, and tests use an in-memory table. */

export const indexNames = ["gsi1", "gsi2", "gsi3", "gsi4", "gsi5", "gsi6"] as const;
export type IndexName = (typeof indexNames)[number];

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A stored item. `gsisk` is its sort key in every index; `expiresAt` is epoch seconds. */
export type Item = Key & Readonly<Record<string, unknown>>;

/** Returns true if the item has expired. It can remain in the table until it is deleted. */
export function hasExpired({ expiresAt }: Readonly<Record<string, unknown>>, nowMs: number): boolean {
  return typeof expiresAt === "number" && expiresAt * 1_000 <= nowMs;
}

export type Condition =
  /** An expired item that is not deleted yet counts as absent. */
  | { readonly absent: true }
  /** Undefined matches an item without the attribute, and a missing item. */
  | { readonly equals: Readonly<Record<string, string | number | undefined>> };

export interface Put {
  readonly item: Item;
  readonly condition?: Condition;
}

export interface Removal {
  readonly remove: Key;
  readonly condition?: Condition;
}

/** A range of one partition, with inclusive lower and exclusive upper bound. */
export interface Range {
  readonly pk: string;
  readonly from?: string;
  readonly before?: string;
  readonly newestFirst: boolean;
  readonly limit: number;
}

export interface IndexEntry extends Key {
  readonly gsisk: string;
}

/** Thrown if a condition fails. */
export class ConditionFailed extends Error {}

export interface ReadOptions {
  /** Allows a state that is up to a second old, at half the price. */
  readonly stale?: boolean;
}

export interface IncrementOptions {
  /** Default: 1. */
  readonly by?: number;
  /** Epoch seconds. */
  readonly expiresAt?: number;
}

/** Reads are strongly consistent, except for indexes. Items past `expiresAt` are treated as deleted. */
export interface Table {
  get(key: Key, options?: ReadOptions): Promise<Item | undefined>;
  /** Returns the items that exist, in the order of the keys. */
  getAll(keys: readonly Key[], options?: ReadOptions): Promise<Item[]>;
  /** @throws ConditionFailed */
  put(put: Put): Promise<void>;
  /** Writes unconditionally and retries unprocessed items. */
  putAll(items: readonly Item[]): Promise<void>;
  /** Writes all or none. @throws ConditionFailed */
  transact(writes: readonly (Put | Removal)[]): Promise<void>;
  /** @throws ConditionFailed */
  remove(key: Key, condition?: Condition): Promise<void>;
  /** Adds to a count and returns the sum. Starts at 0, or continues from an expired item that is not deleted yet. */
  increment(key: Key, options?: IncrementOptions): Promise<number>;
  query(range: Range, options?: ReadOptions): Promise<Item[]>;
  queryIndex(index: IndexName, range: Range): Promise<IndexEntry[]>;
}
