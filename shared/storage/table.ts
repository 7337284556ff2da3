/** The few things that stores ask of the table; `dynamo-table.ts` does them, tests have one in memory. */

export const indexNames = ["gsi1", "gsi2", "gsi3", "gsi4", "gsi5", "gsi6"] as const;
export type IndexName = (typeof indexNames)[number];

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** An item as stored. `gsisk` is its sort key in every index; `expiresAt` is epoch seconds. */
export type Item = Key & Readonly<Record<string, unknown>>;

/** Whether every read passes over it; it may still lie there until it is swept. */
export function hasExpired({ expiresAt }: Readonly<Record<string, unknown>>, nowMs: number): boolean {
  return typeof expiresAt === "number" && expiresAt * 1_000 <= nowMs;
}

export type Condition =
  | { readonly absent: true }
  /** An undefined value is that of an item without the attribute, and of none. */
  | { readonly equals: Readonly<Record<string, string | number | undefined>> };

export interface Put {
  readonly item: Item;
  readonly condition?: Condition;
}

export interface Removal {
  readonly remove: Key;
  readonly condition?: Condition;
}

/** A range of one partition; bounds are exclusive above and inclusive below. */
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

/** Thrown when a condition does not hold. */
export class ConditionFailed extends Error {}

/** Reads are strongly consistent, but for the indexes. Items past `expiresAt` are gone. */
export interface Table {
  get(key: Key): Promise<Item | undefined>;
  /** Those that exist, in the order of the keys. */
  getAll(keys: readonly Key[]): Promise<Item[]>;
  /** @throws ConditionFailed */
  put(put: Put): Promise<void>;
  /** Unconditional; repeats what the table leaves undone. */
  putAll(items: readonly Item[]): Promise<void>;
  /** All or none. @throws ConditionFailed */
  transact(writes: readonly (Put | Removal)[]): Promise<void>;
  /** @throws ConditionFailed */
  remove(key: Key, condition?: Condition): Promise<void>;
  /** Adds one and returns the sum; counts from 1, or on from what has expired and is not swept yet. */
  increment(key: Key, expiresAt?: number): Promise<number>;
  query(range: Range): Promise<Item[]>;
  queryIndex(index: IndexName, range: Range): Promise<IndexEntry[]>;
}
