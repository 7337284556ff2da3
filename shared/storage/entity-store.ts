/** The verbs of a stored entity. Parsing, versions and conditions are written here only. */
import { AlreadyExists, StaleVersion } from "../domain/errors.ts";
import type { Page, PageRequest } from "../use-cases/ports/page.ts";
import type { Entity } from "./entity.ts";
import { type Listing, readPage } from "./listing.ts";
import {
  type Condition,
  ConditionFailed,
  type Key,
  type Put,
  type ReadOptions,
  type Removal,
  type Table,
} from "./table.ts";

type Write = Put | Removal;

interface EntityStore<T> {
  /** Costs one read unit, or half of one if the value may be stale. */
  find(key: Key, options?: ReadOptions): Promise<T | undefined>;
  /** Returns those that exist, in the order of the keys. */
  findAll(keys: readonly Key[]): Promise<T[]>;
  /** @param besides writes of the same transaction @throws AlreadyExists */
  create(value: T, besides?: readonly Write[]): Promise<void>;
  /**
   * Writes `next` in place of `known`, also under another key.
   *
   * @param known the value that was read; undefined if nothing was stored
   * @param besides returns more writes of the same transaction
   * @returns `next` with the version after that of `known`
   * @throws StaleVersion if something else is stored by now
   */
  replace(known: T | undefined, next: T, besides?: (saved: T) => readonly Write[]): Promise<T>;
  /** Returns what `replace` does, without the key's change, for the transaction of another entity. */
  replacement(known: T | undefined, next: T): { readonly saved: T; readonly write: Put };
  /** @param besides writes of the same transaction @throws StaleVersion if something else is stored by now */
  remove(known: T, besides?: readonly Write[]): Promise<void>;
  /** Returns what `remove` does, for the transaction of another entity. */
  removal(known: T): Removal;
  list(source: Omit<Listing<T>, "entity">, page: PageRequest): Promise<Page<T>>;
}

interface Options<T> {
  /** Returns the subject of error messages: "The webhook whk_1". */
  readonly label: (value: T) => string;
  /** Returns attributes that differ after every change. Default: `version`. */
  readonly revision?: (value: T) => Revision;
  /** True if version 0 stands for a missing item, and for one from before there were versions. */
  readonly startsMissing?: true;
}

type Revision = Readonly<Record<string, string | number | undefined>>;

export function entityStore<T extends object>(
  table: Table,
  entity: Entity<T>,
  { label, revision, startsMissing }: Options<T>,
): EntityStore<T> {
  const write = async (writes: readonly [Write, ...Write[]], failure: () => Error) => {
    const [first, ...besides] = writes;
    try {
      // A transaction costs twice as much.
      if (besides.length > 0) await table.transact(writes);
      else if ("item" in first) await table.put(first);
      else await table.remove(first.remove, first.condition);
    } catch (error) {
      throw error instanceof ConditionFailed ? failure() : error;
    }
  };
  const isAsRead = (known: T): Condition => {
    const version = versionOf(known);
    return { equals: revision?.(known) ?? { version: startsMissing && version === 0 ? undefined : version } };
  };
  const replacement = (known: T | undefined, next: T) => {
    const saved = revision && !("version" in next) ? next : { ...next, version: versionAfter(known) };
    const condition: Condition = known ? isAsRead(known) : { absent: true };
    return { saved, write: { item: entity.toItem(saved), condition } };
  };
  const removal = (known: T): Removal => ({ remove: entity.keyOf(known), condition: isAsRead(known) });
  const stale = (value: T) => () => new StaleVersion(`${label(value)} was changed in the meantime`);

  return {
    async find(key, options) {
      const item = await table.get(key, options);
      return item && entity.parse(item);
    },

    findAll: async (keys) => (await table.getAll(keys)).map((item) => entity.parse(item)),

    create: (value, besides = []) =>
      write(
        [{ item: entity.toItem(value), condition: { absent: true } }, ...besides],
        () => new AlreadyExists(`${label(value)} already exists`),
      ),

    async replace(known, next, besides = () => []) {
      const { saved, write: put } = replacement(known, next);
      const { item } = put;
      const from = known && entity.keyOf(known);
      if (known && from && (from.pk !== item.pk || from.sk !== item.sk)) {
        await write([removal(known), { item }, ...besides(saved)], stale(known));
      } else {
        await write([put, ...besides(saved)], stale(next));
      }
      return saved;
    },

    replacement,

    remove: (known, besides = []) => write([removal(known), ...besides], stale(known)),

    removal,

    list: (source, page) => readPage(table, { entity, ...source }, page),
  };
}

/** Returns the version that replaces a stored one. The first is 1. */
export function versionAfter(known: object | undefined): number {
  return versionOf(known) + 1;
}

function versionOf(value: object | undefined): number {
  return value !== undefined && "version" in value && typeof value.version === "number" ? value.version : 0;
}
