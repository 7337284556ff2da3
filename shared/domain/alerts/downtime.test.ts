import { expect, test } from "vitest";
import { minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { afterStart, afterSweep, type Downtime, unknownDowntime } from "./downtime.ts";

const downtime: Downtime = { sweptAt: monday, gaps: [], version: 3 };

test("a sweep that is late, or the first after three that did not run, finds no gap", () => {
  for (const pause of [seconds(60), seconds(95), seconds(240)])
    expect(afterSweep(downtime, monday + pause)).toEqual({ ...downtime, sweptAt: monday + pause });
});

test("a longer pause is a gap since the last sweep", () => {
  const now = monday + seconds(241);
  expect(afterSweep(downtime, now)).toEqual({
    ...downtime,
    sweptAt: now,
    gaps: [{ from: monday, to: now }],
  });
});

test("a start ends a gap, however short it was", () => {
  const now = monday + seconds(2);
  expect(afterStart(downtime, now)).toEqual({
    ...downtime,
    sweptAt: now,
    gaps: [{ from: monday, to: now }],
  });
});

test("the first sweep finds no gap: it may be the first of a new version", () => {
  expect(afterSweep(unknownDowntime, monday)).toEqual({ ...unknownDowntime, sweptAt: monday });
});

test("all time before the first start is downtime", () => {
  expect(afterStart(unknownDowntime, monday).gaps).toEqual([{ from: 0, to: monday }]);
});

test("a clock that is set back makes no gap that ends before it begins", () => {
  expect(afterSweep(downtime, monday - minutes(5))).toEqual({ ...downtime, sweptAt: monday - minutes(5) });
  expect(afterStart(downtime, monday - minutes(5)).gaps).toEqual([
    { from: monday - minutes(5), to: monday - minutes(5) },
  ]);
});

test("the oldest of very many gaps are merged, so that all downtime stays covered", () => {
  let known = downtime;
  for (let index = 1; index <= 15; index += 1) known = afterStart(known, monday + minutes(index * 10));
  expect(known.gaps).toHaveLength(10);
  expect(known.gaps[0]).toEqual({ from: monday, to: monday + minutes(60) });
  expect(known.gaps.at(-1)).toEqual({ from: monday + minutes(140), to: monday + minutes(150) });
});
