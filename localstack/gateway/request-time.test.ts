import { beforeAll, expect, test, vi } from "vitest";
import { formatTimeOncePerSecond } from "./request-time.ts";

let format: (millis: number) => string;
/** Calls of the library. */
let calls: () => number;

beforeAll(async () => {
  const file = new URL("./utils/formatToClfTime.js", import.meta.resolve("serverless-offline"));
  ({ default: format } = await import(file.href));
  const { DateTime } = await import(import.meta.resolve("luxon"));
  const spy = vi.spyOn(DateTime.prototype, "toFormat");
  calls = () => spy.mock.calls.length;
});

test("requests of a second share the text of their time, and others have their own", async () => {
  const times = [1_700_000_000_000, 1_700_000_000_999, 1_700_000_001_000, 1_700_000_000_500];
  const expected = times.map(format);
  expect(new Set(expected).size).toBe(2);
  await formatTimeOncePerSecond();
  const before = calls();
  expect(times.map(format)).toEqual(expected);
  expect(calls() - before).toBe(3);
});
