import * as z from "zod";
import type { IndexName, Item, Key } from "./table.ts";

/** Brings an item to the next version; it may hold values of any later step already. */
export type Upgrade = (item: Item) => Item;

interface Definition<T> {
  readonly name: string;
  /** Reads and writes an item's attributes; codecs in it translate what the table can't hold. */
  readonly schema: z.ZodType<T>;
  readonly key: (value: T) => Key;
  /** Partitions of the indexes in which it is listed; undefined: not in that one. */
  readonly indexes?: (value: T) => Partial<Record<IndexName, string | undefined>>;
  /** Sort key in the indexes. */
  readonly sort?: (value: T) => string;
  /** Epoch seconds. */
  readonly expiresAt?: (value: T) => number;
  /** From version 1 to 2, from 2 to 3, …: a new version is one more of them, and none is ever changed. */
  readonly upgrades?: readonly Upgrade[];
}

export interface Entity<T> {
  readonly name: string;
  /** Of the items that it writes. */
  readonly version: number;
  toItem(value: T): Item;
  /**
   * Reads an item of this version or an earlier one.
   * @throws NewerItem, or z.ZodError when the item is not of this shape
   */
  parse(item: Item): T;
  /** Whether an item of a mixed partition is one of these. */
  is(item: Item): boolean;
}

/** Thrown on reading what a later release has written: it may mean what this one can't know. */
export class NewerItem extends Error {
  constructor({ pk, sk, schemaVersion }: Item, name: string, known: number) {
    super(
      `${pk} ${sk} is ${name} of version ${schemaVersion}, and this release knows versions up to ${known}: ` +
        "a later one wrote it",
    );
  }
}

/** How values of one kind lie in the table. */
export function entity<T>(definition: Definition<T>): Entity<T> {
  const { name, schema, upgrades = [] } = definition;
  const version = 1 + upgrades.length;
  return {
    name,
    version,
    toItem(value) {
      const indexes = Object.entries(definition.indexes?.(value) ?? {}).filter(([, pk]) => pk !== undefined);
      return {
        ...(z.encode(schema, value) as Record<string, unknown>),
        ...definition.key(value),
        ...Object.fromEntries(indexes.map(([index, pk]) => [`${index}pk`, pk])),
        ...(indexes.length > 0 && { gsisk: definition.sort?.(value) }),
        ...(definition.expiresAt && { expiresAt: definition.expiresAt(value) }),
        entity: name,
        schemaVersion: version,
      };
    },
    parse(item) {
      const written = versionOf(item);
      if (written > version) throw new NewerItem(item, name, version);
      const current = upgrades.slice(written - 1).reduce((older, upgrade) => upgrade(older), item);
      return z.parse(schema, current);
    },
    is: (item) => item.entity === name,
  };
}

const versionNumber = z.int().min(1).default(1);

/** The version that an item was written in. */
export function versionOf({ schemaVersion }: Item): number {
  return versionNumber.parse(schemaVersion);
}

/** Free-form values as one JSON text: numbers and names of any kind, at any depth. */
export function jsonText<T extends z.ZodType>(schema: T) {
  return z.codec(z.string(), schema, {
    decode: (text) => JSON.parse(text),
    encode: (value) => JSON.stringify(value),
  });
}
