import { expect, test } from "vitest";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import { mergedCalls } from "./merged-calls.ts";
import type { Item, Key, Table } from "./table.ts";

const keyOf = (name: string): Key => ({ pk: name, sk: "A" });
const itemOf = (name: string, value = 1): Item => ({ ...keyOf(name), value });

/** A table that lists its calls, and the scope of the caller. */
function aTable() {
  const calls: string[] = [];
  const stored = memoryTable(() => 0);
  const namesOf = (keys: readonly Key[]) => keys.map(({ pk }) => pk).join();
  const listing: Table = {
    ...stored,
    get: (key, options) => {
      calls.push(`${options?.stale ? "stale get" : "get"} ${key.pk}`);
      return stored.get(key, options);
    },
    getAll: (keys, options) => {
      calls.push(`${options?.stale ? "stale" : "getAll"} ${namesOf(keys)}`);
      return stored.getAll(keys, options);
    },
    putAll: (items) => {
      calls.push(`putAll ${namesOf(items)}`);
      return stored.putAll(items);
    },
  };
  const caller = { scope: "a" };
  return { calls, caller, table: mergedCalls(listing, () => caller.scope) };
}

test("batches written in one turn share a request; of one key, the last item counts", async () => {
  const { table, calls } = aTable();
  await Promise.all([
    table.putAll([itemOf("a"), itemOf("b")]),
    table.putAll([itemOf("c"), itemOf("a", 2)]),
    table.putAll([]),
  ]);
  expect(calls).toEqual(["putAll a,b,c"]);
  expect(await table.get(keyOf("a"))).toEqual(itemOf("a", 2));
});

test("single reads join a batch that is read in the same turn, and each gets its items", async () => {
  const { table, calls } = aTable();
  await table.putAll([itemOf("a"), itemOf("b")]);
  const [a, none, both] = await Promise.all([
    table.get(keyOf("a")),
    table.get(keyOf("none")),
    table.getAll([keyOf("b"), keyOf("a")]),
  ]);
  expect([a, none, both]).toEqual([itemOf("a"), undefined, [itemOf("b"), itemOf("a")]]);
  expect(calls.slice(1)).toEqual(["getAll a,none,b"]);
});

test("single reads without a batch stay single, and reads that may be stale stay apart", async () => {
  const { table, calls } = aTable();
  const stale = { stale: true };
  await Promise.all([
    table.get(keyOf("a")),
    table.get(keyOf("b")),
    table.get(keyOf("a"), stale),
    table.getAll([keyOf("c")], stale),
    table.getAll([]),
  ]);
  expect(calls.toSorted()).toEqual(["get a", "get b", "getAll ", "stale c", "stale get a"]);
});

test("calls of another request or a later turn have a request of their own", async () => {
  const { table, calls, caller } = aTable();
  const first = table.putAll([itemOf("a")]);
  caller.scope = "b";
  const second = table.putAll([itemOf("b")]);
  await Promise.all([first, second]);
  await table.putAll([itemOf("c")]);
  expect(calls).toEqual(["putAll a", "putAll b", "putAll c"]);
});

test("a failure reaches each caller", async () => {
  const down = { ...memoryTable(() => 0), putAll: () => Promise.reject(new Error("down")) };
  const table = mergedCalls(down, () => "a");
  const results = await Promise.allSettled([table.putAll([itemOf("a")]), table.putAll([itemOf("b")])]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
});
