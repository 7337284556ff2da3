/** Contract tests for implementations of `Table`, on which stores rely. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ConditionFailed, type Item, type Range, type Table } from "../../../shared/storage/table.ts";
import { monday, unique } from "../builders.ts";

/** Creates an empty table that uses the given clock. */
export type MakeTable = (nowMs: () => number) => Promise<Table>;

const everything = { newestFirst: false, limit: 1_000 };
const nowMs = () => monday;
const nowSeconds = monday / 1_000;

export function tableSuite(make: MakeTable, { propertyRuns }: { propertyRuns: number }): void {
  const tableWith = async (...items: Item[]): Promise<Table> => {
    const table = await make(nowMs);
    await table.putAll(items);
    return table;
  };
  const sortKeys = async (table: Table, range: Range): Promise<string[]> =>
    (await table.query(range)).map(({ sk }) => sk);

  describe("single items", () => {
    test("what is put can be got, whatever its values, without those that are undefined", async () => {
      const table = await make(nowMs);
      const item = {
        pk: "a",
        sk: "b",
        text: "naïve 🚨 \u0000 \ufffe",
        number: 1_795_000_000_123,
        nothing: null,
        list: [1, "two", { three: [false] }],
        record: { "key#a.b": ["x"], "": 1 },
      };
      await table.put({ item: { ...item, gone: undefined } });
      expect(await table.get({ pk: "a", sk: "b" })).toEqual(item);
    });

    test("a missing item is undefined", async () => {
      expect(await (await make(nowMs)).get({ pk: "a", sk: "b" })).toBeUndefined();
    });

    test("a put without a condition replaces the item", async () => {
      const table = await tableWith({ pk: "a", sk: "b", first: 1 });
      await table.put({ item: { pk: "a", sk: "b", second: 2 } });
      expect(await table.get({ pk: "a", sk: "b" })).toEqual({ pk: "a", sk: "b", second: 2 });
    });

    test("of several creators one succeeds", async () => {
      const table = await make(nowMs);
      const results = await Promise.allSettled(
        [1, 2, 3, 4].map((by) => table.put({ item: { pk: "a", sk: "b", by }, condition: { absent: true } })),
      );
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      const winner = results.findIndex(({ status }) => status === "fulfilled") + 1;
      expect(await table.get({ pk: "a", sk: "b" })).toMatchObject({ by: winner });
    });

    test("a condition on values holds for exactly these, and never for missing ones", async () => {
      const table = await tableWith({ pk: "a", sk: "b", version: 3, name: "x" });
      const put = (sk: string, equals: Record<string, string | number>) =>
        table.put({ item: { pk: "a", sk, version: 4 }, condition: { equals } });
      await expect(put("b", { version: 2 })).rejects.toThrow(ConditionFailed);
      await expect(put("b", { version: 3, name: "y" })).rejects.toThrow(ConditionFailed);
      await expect(put("c", { version: 3 })).rejects.toThrow(ConditionFailed);
      expect(await table.get({ pk: "a", sk: "b" })).toMatchObject({ version: 3 });
      await put("b", { version: 3, name: "x" });
      expect(await table.get({ pk: "a", sk: "b" })).toEqual({ pk: "a", sk: "b", version: 4 });
    });

    test("removing twice is removing once", async () => {
      const table = await tableWith({ pk: "a", sk: "b" });
      await table.remove({ pk: "a", sk: "b" });
      await table.remove({ pk: "a", sk: "b" });
      expect(await table.get({ pk: "a", sk: "b" })).toBeUndefined();
    });

    test("a removal's condition holds for exactly these values, and never for missing ones", async () => {
      const table = await tableWith({ pk: "a", sk: "b", dueAt: 3 });
      const remove = (sk: string, dueAt: number) => table.remove({ pk: "a", sk }, { equals: { dueAt } });
      await expect(remove("b", 2)).rejects.toThrow(ConditionFailed);
      await expect(remove("c", 3)).rejects.toThrow(ConditionFailed);
      expect(await table.get({ pk: "a", sk: "b" })).toEqual({ pk: "a", sk: "b", dueAt: 3 });
      await remove("b", 3);
      expect(await table.get({ pk: "a", sk: "b" })).toBeUndefined();
    });

    test("increments at the same time count from 1 without a gap or a repeat", async () => {
      const table = await make(nowMs);
      const counts = await Promise.all(
        Array.from({ length: 20 }, () => table.increment({ pk: "a", sk: "b" })),
      );
      expect(counts.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    test("increments by more than one leave the numbers up to the sum to their caller", async () => {
      const table = await make(nowMs);
      const key = { pk: "a", sk: "b" };
      expect([await table.increment(key, { by: 10 }), await table.increment(key)]).toEqual([10, 11]);
    });

    test("an increment that expires is gone at that second, and counts on until it is swept", async () => {
      const table = await make(nowMs);
      const key = { pk: "a", sk: "b" };
      expect(await table.increment(key, { expiresAt: nowSeconds + 1 })).toBe(1);
      expect(await table.get(key)).toEqual({ ...key, count: 1, expiresAt: nowSeconds + 1 });
      expect(await table.increment(key, { expiresAt: nowSeconds })).toBe(2);
      expect(await table.get(key)).toBeUndefined();
      expect(await table.increment(key, { expiresAt: nowSeconds + 1 })).toBe(3);
    });
  });

  describe("many items", () => {
    const items = Array.from({ length: 130 }, (_, index) => ({
      pk: "many",
      sk: String(index).padStart(3, "0"),
      index,
    }));

    test("are put and got in any number, in the order of the keys, without those that are missing", async () => {
      const table = await tableWith(...items);
      const asked = [...items.toReversed(), { pk: "many", sk: "none" }];
      expect(await table.getAll(asked)).toEqual(items.toReversed());
    });

    test("putting and getting none is fine", async () => {
      const table = await make(nowMs);
      await table.putAll([]);
      expect(await table.getAll([])).toEqual([]);
    });
  });

  describe("a transaction", () => {
    test("stores all of it", async () => {
      const table = await make(nowMs);
      await table.transact([
        { item: { pk: "a", sk: "1" }, condition: { absent: true } },
        { item: { pk: "b", sk: "1" } },
      ]);
      expect(
        await table.getAll([
          { pk: "a", sk: "1" },
          { pk: "b", sk: "1" },
        ]),
      ).toHaveLength(2);
    });

    test("stores and removes in one, and removes nothing when a condition does not hold", async () => {
      const table = await tableWith({ pk: "a", sk: "old" });
      const change = (condition: { absent: true } | undefined) =>
        table.transact([
          { remove: { pk: "a", sk: "old" } },
          { remove: { pk: "a", sk: "never there" } },
          { item: { pk: "a", sk: "new" }, ...(condition && { condition }) },
        ]);
      await change({ absent: true });
      expect(await sortKeys(table, { pk: "a", ...everything })).toEqual(["new"]);
      await table.put({ item: { pk: "a", sk: "old" } });
      await expect(change({ absent: true })).rejects.toThrow(ConditionFailed);
      expect(await sortKeys(table, { pk: "a", ...everything })).toEqual(["new", "old"]);
    });

    test("removes only what is as it was read, and stores nothing otherwise", async () => {
      const table = await tableWith({ pk: "a", sk: "old", version: 1 });
      const move = (version: number) =>
        table.transact([
          { remove: { pk: "a", sk: "old" }, condition: { equals: { version } } },
          { item: { pk: "a", sk: "new" } },
        ]);
      await expect(move(2)).rejects.toThrow(ConditionFailed);
      expect(await sortKeys(table, { pk: "a", ...everything })).toEqual(["old"]);
      await move(1);
      expect(await sortKeys(table, { pk: "a", ...everything })).toEqual(["new"]);
      await expect(move(1)).rejects.toThrow(ConditionFailed);
    });

    test("stores nothing when one condition does not hold", async () => {
      const table = await tableWith({ pk: "taken", sk: "1" });
      const puts = [
        { item: { pk: "a", sk: "1" } },
        { item: { pk: "taken", sk: "1", by: "us" }, condition: { absent: true as const } },
      ];
      await expect(table.transact(puts)).rejects.toThrow(ConditionFailed);
      expect(await table.get({ pk: "a", sk: "1" })).toBeUndefined();
      expect(await table.get({ pk: "taken", sk: "1" })).toEqual({ pk: "taken", sk: "1" });
    });

    test("of several at once that create the same, one succeeds and the others' conditions fail", async () => {
      const table = await make(nowMs);
      const results = await Promise.allSettled(
        [1, 2, 3].map((by) =>
          table.transact([
            { item: { pk: "a", sk: "1", by }, condition: { absent: true } },
            { item: { pk: `own ${by}`, sk: "1" } },
          ]),
        ),
      );
      const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      expect(failures).toHaveLength(2);
      for (const failure of failures) expect(failure).toBeInstanceOf(ConditionFailed);
    });
  });

  describe("a range of a partition", () => {
    const letters = ["a", "b", "c", "d"].map((sk) => ({ pk: "p", sk }));
    const table = () => tableWith(...letters, { pk: "q", sk: "b" });

    test.each([
      { range: {}, found: ["a", "b", "c", "d"] },
      { range: { from: "b" }, found: ["b", "c", "d"] },
      { range: { before: "c" }, found: ["a", "b"] },
      { range: { from: "b", before: "d" }, found: ["b", "c"] },
      { range: { from: "b", before: "b" }, found: [] },
      { range: { from: "a ", before: "c~" }, found: ["b", "c"] },
      { range: { newestFirst: true }, found: ["d", "c", "b", "a"] },
      { range: { newestFirst: true, before: "d" }, found: ["c", "b", "a"] },
      { range: { newestFirst: true, from: "b", before: "d", limit: 1 }, found: ["c"] },
      { range: { limit: 3 }, found: ["a", "b", "c"] },
    ])("$range is $found: its lower bound is in, its upper is not", async ({ range, found }) => {
      expect(await sortKeys(await table(), { pk: "p", ...everything, ...range })).toEqual(found);
    });

    test("an upper bound that exists costs the page no item", async () => {
      const range = { pk: "p", from: "a", before: "d", newestFirst: true, limit: 3 };
      expect(await sortKeys(await table(), range)).toEqual(["c", "b", "a"]);
    });

    test("texts are in the order of their bytes", async () => {
      const ordered = ["A", "Z", "a", "ä", "\ufffe", "🚨"];
      const table = await tableWith(...ordered.toReversed().map((sk) => ({ pk: "p", sk })));
      expect(await sortKeys(table, { pk: "p", ...everything })).toEqual(ordered);
    });

    test("is read to its limit, also with several megabytes", async () => {
      const payload = "x".repeat(150_000);
      const table = await make(nowMs);
      const all = Array.from({ length: 25 }, (_, index) => ({ pk: "p", sk: `k${index + 10}`, payload }));
      for (const item of all) await table.put({ item });
      const names = all.map(({ sk }) => sk);
      expect(await sortKeys(table, { pk: "p", ...everything })).toEqual(names);
      expect(await sortKeys(table, { pk: "p", newestFirst: true, limit: 20 })).toEqual(
        names.toReversed().slice(0, 20),
      );
    });

    test("is what filtering and sorting everything gives", async () => {
      const sortKey = fc.string({
        minLength: 1,
        maxLength: 3,
        unit: fc.constantFrom("a", "b", "~", " ", "ß"),
      });
      const stored = fc.uniqueArray(sortKey, { maxLength: 12 });
      const range = fc.record(
        { from: sortKey, before: sortKey, newestFirst: fc.boolean(), limit: fc.integer({ min: 1, max: 14 }) },
        { requiredKeys: ["newestFirst", "limit"] },
      );
      const table = await make(nowMs);
      const bytes = (text: string) => Buffer.from(text);
      await fc.assert(
        fc.asyncProperty(stored, range, async (sks, asked) => {
          const { from, before, newestFirst, limit } = asked;
          fc.pre(from === undefined || before === undefined || bytes(from).compare(bytes(before)) <= 0);
          const pk = unique("partition-");
          await table.putAll(sks.map((sk) => ({ pk, sk })));
          const expected = sks
            .filter((sk) => from === undefined || bytes(sk).compare(bytes(from)) >= 0)
            .filter((sk) => before === undefined || bytes(sk).compare(bytes(before)) < 0)
            .toSorted((a, b) => bytes(a).compare(bytes(b)) * (newestFirst ? -1 : 1))
            .slice(0, limit);
          expect(await sortKeys(table, { pk, ...asked })).toEqual(expected);
        }),
        { numRuns: propertyRuns },
      );
    });
  });

  describe("an item past its expiry", () => {
    const expired = (sk: string) => ({ pk: "p", sk, expiresAt: nowSeconds });
    const living = (sk: string) => ({ pk: "p", sk, expiresAt: nowSeconds + 1 });

    test("is gone for every read, from that very second on", async () => {
      const table = await tableWith(expired("a"), living("b"));
      expect(await table.get({ pk: "p", sk: "a" })).toBeUndefined();
      expect(await table.get({ pk: "p", sk: "b" })).toEqual(living("b"));
      expect(
        await table.getAll([
          { pk: "p", sk: "a" },
          { pk: "p", sk: "b" },
        ]),
      ).toEqual([living("b")]);
      expect(await sortKeys(table, { pk: "p", ...everything })).toEqual(["b"]);
    });

    test("takes no place on a page", async () => {
      const table = await tableWith(expired("a"), expired("b"), living("c"), living("d"));
      expect(await sortKeys(table, { pk: "p", newestFirst: false, limit: 2 })).toEqual(["c", "d"]);
    });

    test("is not in the way of a new one, by itself or in a transaction", async () => {
      const table = await tableWith(expired("a"), expired("b"), living("c"));
      const creationOf = (sk: string) => ({
        item: { pk: "p", sk, new: true },
        condition: { absent: true } as const,
      });
      await table.put(creationOf("a"));
      await table.transact([creationOf("b"), { item: { pk: "p", sk: "d" } }]);
      await expect(table.put(creationOf("c"))).rejects.toThrow(ConditionFailed);
      expect(await sortKeys(table, { pk: "p", ...everything })).toEqual(["a", "b", "c", "d"]);
    });
  });

  describe("an index", () => {
    const listed = (pk: string, gsisk: string, partition: string | undefined) => ({
      pk,
      sk: "item",
      gsisk,
      gsi2pk: partition,
      payload: "x",
    });
    const read = (table: Table, range: Partial<Range> = {}) =>
      table.queryIndex("gsi2", { pk: "list", ...everything, ...range });

    test("has the keys of what names its partition, in order, and nothing else", async () => {
      const table = await tableWith(
        listed("1", "b", "list"),
        listed("2", "a", "list"),
        listed("3", "c", "other list"),
        listed("4", "d", undefined),
      );
      expect(await read(table)).toEqual([
        expect.objectContaining({ pk: "2", sk: "item", gsisk: "a" }),
        expect.objectContaining({ pk: "1", sk: "item", gsisk: "b" }),
      ]);
      expect((await read(table))[0]).not.toHaveProperty("payload");
    });

    test("follows its items when they move and when they go", async () => {
      const table = await tableWith(listed("1", "a", "list"), listed("2", "b", "list"));
      await table.put({ item: listed("1", "z", "list") });
      expect((await read(table)).map(({ pk }) => pk)).toEqual(["2", "1"]);
      await table.put({ item: listed("2", "b", undefined) });
      await table.remove({ pk: "1", sk: "item" });
      expect(await read(table)).toEqual([]);
    });

    test("has the bounds and the limit of a range", async () => {
      const table = await tableWith(
        ...["a", "b", "c", "d"].map((gsisk) => listed(gsisk.repeat(2), gsisk, "list")),
      );
      const names = async (range: Partial<Range>) => (await read(table, range)).map(({ gsisk }) => gsisk);
      expect(await names({ from: "b", before: "d" })).toEqual(["b", "c"]);
      expect(await names({ before: "d", newestFirst: true, limit: 2 })).toEqual(["c", "b"]);
    });

    test("holds adjacent items with similar keys", async () => {
      const table = await tableWith(listed("1", "same", "list"), listed("2", "same", "list"));
      expect((await read(table)).map(({ pk }) => pk).toSorted()).toEqual(["1", "2"]);
    });
  });
}
