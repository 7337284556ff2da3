import * as z from "zod";
import type { IndexName, Item, Key } from "./table.ts";

/** Converts an item to the next version. It may already contain attributes of later versions. */
export type Upgrade = (item: Item) => Item;

interface Definition<T> {
  readonly name: string;
  /** Schema of the attributes, with codecs for types that the table cannot store. */
  readonly schema: z.ZodType<T>;
  readonly key: (value: T) => Key;
  /** Index partitions that list the item; undefined if an index does not. */
  readonly indexes?: (value: T) => Partial<Record<IndexName, string | undefined>>;
  /** Sort key in the indexes. */
  readonly sort?: (value: T) => string;
  /** Epoch seconds. */
  readonly expiresAt?: (value: T) => number;
  /**
   * Upgrades from version 1 to 2, from 2 to 3, …: a new version appends one, and existing ones never change.
   */
  readonly upgrades?: readonly Upgrade[];
}

export interface Entity<T> {
  readonly name: string;
  /** Version of the items it writes. */
  readonly version: number;
  keyOf(value: T): Key;
  toItem(value: T): Item;
  /**
   * Parses an item of this version or an earlier one.
   * @throws NewerItem, or z.ZodError if the item is invalid
   */
  parse(item: Item): T;
  /** Returns true if an item of a mixed partition has this type. */
  is(item: Item): boolean;
}

/** Thrown for an item of a later release, because this one cannot interpret it safely. */
export class NewerItem extends Error {
  constructor({ pk, sk, schemaVersion }: Item, name: string, known: number) {
    super(
      `${pk} ${sk} is ${name} of version ${schemaVersion}, but this release supports versions up to ${known}: ` +
        "a later release wrote it",
    );
  }
}

/** Defines how an entity is stored in the table. */
export function entity<T>(definition: Definition<T>): Entity<T> {
  const { name, schema, upgrades = [] } = definition;
  const version = 1 + upgrades.length;
  return {
    name,
    version,
    keyOf: definition.key,
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

/** Returns the version in which an item was written. */
export function versionOf({ schemaVersion }: Item): number {
  return versionNumber.parse(schemaVersion);
}

/** Stores free-form values as one JSON text: numbers and names of any kind, at any depth. */
export function jsonText<T extends z.ZodType>(schema: T) {
  return z.codec(z.string(), schema, {
    decode: (text) => JSON.parse(text),
    encode: (value) => JSON.stringify(value),
  });
}
