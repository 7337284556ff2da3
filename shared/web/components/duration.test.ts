import { expect, test } from "vitest";
import { minutes, seconds } from "../../../tests/support/builders.ts";
import { formatAgo, formatDuration, formatExactly } from "./duration.ts";

test.each([
  [-1, "0s"],
  [seconds(59), "59s"],
  [minutes(4) + seconds(59), "4m"],
  [minutes(60), "1h"],
  [minutes(118), "1h 58m"],
  [minutes(60 * 53), "2d 5h"],
])("%i ms are %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test.each([
  [-minutes(5), "just now"],
  [seconds(1) - 1, "just now"],
  [seconds(59), "59 seconds ago"],
  [minutes(1), "1 minute ago"],
  [minutes(60), "1 hour ago"],
  [minutes(47 * 60 + 59), "1 day ago"],
  [minutes(48 * 60), "2 days ago"],
])("%i ms is %s", (passed, text) => {
  expect(formatAgo(passed)).toBe(text);
});

test.each([
  [0, "0 seconds"],
  [1, "1 second"],
  [90, "1 minute 30 seconds"],
  [300, "5 minutes"],
  [5_400, "1 hour 30 minutes"],
  [86_400, "1 day"],
])("%i s are exactly %s", (seconds, text) => {
  expect(formatExactly(seconds)).toBe(text);
});
