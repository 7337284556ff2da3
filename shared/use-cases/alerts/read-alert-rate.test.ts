import { expect, test } from "vitest";
import { aRecordedAlert, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { alertStore } from "../../storage/alerts/alert-store.ts";
import { readAlertRate } from "./read-alert-rate.ts";

/** An hour that ends in the middle of a minute, with an alert at each of so many milliseconds before. */
async function rateOf(ages: readonly number[]) {
  const now = monday + seconds(30);
  const alerts = alertStore(memoryTable(() => now));
  await alerts.record(ages.map((age) => aRecordedAlert({ receivedAt: now - age })));
  return readAlertRate({ alerts }, now);
}

test("without alerts the hour is empty, and complete", async () => {
  expect(await rateOf([])).toEqual({ perMinute: Array(60).fill(0), complete: true });
});

test("alerts count in their minute; what is older than an hour does not", async () => {
  const { perMinute, complete } = await rateOf([
    0,
    seconds(29),
    seconds(31),
    minutes(59),
    minutes(60),
    minutes(90),
  ]);
  expect(complete).toBe(true);
  expect(perMinute).toHaveLength(60);
  expect([perMinute.at(-1), perMinute.at(-2), perMinute[0]]).toEqual([2, 1, 1]);
  expect(perMinute.reduce((sum, count) => sum + count, 0)).toBe(4);
});

test("in a storm it reaches back as far as the latest 200 do, the first minute by part", async () => {
  const { perMinute, complete } = await rateOf(
    Array.from({ length: 1_000 }, (_, index) => index * seconds(1)),
  );
  expect(complete).toBe(false);
  expect(perMinute).toEqual([49, 60, 60, 31]);
});
