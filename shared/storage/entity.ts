import * as z from "zod";
import type { IndexName, Item, Key } from "./table.ts";

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
  /** An item of an earlier version with what the schema asks for since. */
  readonly upgrade?: (item: Item) => Item;
}

export interface Entity<T> {
  toItem(value: T): Item;
  /** @throws z.ZodError when the item is not of this shape */
  parse(item: Item): T;
  /** Whether an item of a mixed partition is one of these. */
  is(item: Item): boolean;
}

/** How values of one kind lie in the table. */
export function entity<T>(definition: Definition<T>): Entity<T> {
  return {
    toItem(value) {
      const indexes = Object.entries(definition.indexes?.(value) ?? {}).filter(([, pk]) => pk !== undefined);
      return {
        ...(z.encode(definition.schema, value) as Record<string, unknown>),
        ...definition.key(value),
        ...Object.fromEntries(indexes.map(([index, pk]) => [`${index}pk`, pk])),
        ...(indexes.length > 0 && { gsisk: definition.sort?.(value) }),
        ...(definition.expiresAt && { expiresAt: definition.expiresAt(value) }),
        entity: definition.name,
        schemaVersion: 1,
      };
    },
    parse: (item) => z.parse(definition.schema, definition.upgrade?.(item) ?? item),
    is: (item) => item.entity === definition.name,
  };
}

/** Free-form values as one JSON text: numbers and names of any kind, at any depth. */
export function jsonText<T extends z.ZodType>(schema: T) {
  return z.codec(z.string(), schema, {
    decode: (text) => JSON.parse(text),
    encode: (value) => JSON.stringify(value),
  });
}
