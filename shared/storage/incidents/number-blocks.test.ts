import fc from "fast-check";
import { expect, test } from "vitest";
import { monday, seconds } from "../../../tests/support/builders.ts";
import { blockSize, numberBlocks } from "./number-blocks.ts";

/** A counter, and functions that take numbers from it. */
function platform(functions: number) {
  let [now, count, writes] = [monday, 0, 0];
  const add = async (by: number) => {
    writes += 1;
    count += by;
    return count;
  };
  const takers = Array.from({ length: functions }, () => numberBlocks(add, () => now));
  return {
    writes: () => writes,
    wait: (ms: number) => {
      now += ms;
    },
    take: async (by: number) => (await takers[by % functions]?.()) ?? 0,
  };
}

test("numbers are consecutive on a quiet platform, whichever function allocates them", async () => {
  const { take, wait } = platform(3);
  const taken: number[] = [];
  for (let index = 0; index < 50; index += 1) {
    taken.push(await take(index * 7));
    wait(20);
  }
  expect(taken).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
});

test("a storm writes to the counter about 100 times per second", async () => {
  const { take, wait, writes } = platform(20);
  const storm = async (duration: number) => {
    for (let ms = 0; ms < duration; ms += 1) {
      for (const index of [0, 1, 2]) await take(ms * 3 + index);
      wait(1);
    }
  };
  await storm(seconds(20));
  const before = writes();
  await storm(seconds(10));
  expect((writes() - before) / 10).toBeLessThanOrEqual(200);
  expect((writes() - before) / 10).toBeGreaterThanOrEqual(50);
});

test("numbers are unique, and at most ten seconds out of order", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ by: fc.nat(4), count: fc.nat(300), wait: fc.nat(5_000) }), { maxLength: 40 }),
      async (bursts) => {
        const { take, wait } = platform(5);
        let at = 0;
        const taken: { readonly number: number; readonly at: number }[] = [];
        for (const burst of bursts) {
          for (let index = 0; index < burst.count; index += 1)
            taken.push({ number: await take(burst.by), at });
          wait(burst.wait);
          at += burst.wait;
        }
        const numbers = taken.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        let highest = { number: 0, at: 0 };
        const seen: (typeof highest)[] = [];
        const late: (typeof highest)[] = [];
        for (const each of taken) {
          const earlier = seen.findLast((one) => one.at <= each.at - seconds(10));
          if (earlier && each.number <= earlier.number) late.push(each);
          if (each.number > highest.number) highest = each;
          seen.push({ number: highest.number, at: each.at });
        }
        expect(late).toEqual([]);
      },
    ),
  ));

test("functions that allocate at the same time get different numbers", async () => {
  const { take, wait } = platform(2);
  for (let index = 0; index < 1_000; index += 1) await take(index);
  wait(1_000);
  for (let index = 0; index < 1_000; index += 1) await take(index);
  wait(1_000);
  const taken = await Promise.all(Array.from({ length: 100 }, (_, index) => take(index)));
  expect(new Set(taken).size).toBe(100);
});

test("blocks grow with the rate, up to 100 numbers", () => {
  expect([0, 99, 250, 5_000, 1_000_000].map(blockSize)).toEqual([1, 1, 2, 50, 100]);
});
