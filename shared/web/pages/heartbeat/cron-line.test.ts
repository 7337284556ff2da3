import { expect, test } from "vitest";
import { cronLine, cronTimes } from "./cron-line.ts";

test.each([
  [1, "* * * * *"],
  [60, "* * * * *"],
  [300, "*/5 * * * *"],
  [420, "*/6 * * * *"],
  [3_599, "*/30 * * * *"],
  [3_600, "0 * * * *"],
  [5 * 3_600, "0 */4 * * *"],
  [86_400, "0 0 * * *"],
  [7 * 86_400, "0 0 * * 0"],
  [31 * 86_400, "0 0 * * 0"],
])("every %d s, cron runs at %s", (seconds, times) => {
  expect(cronTimes(seconds)).toBe(times);
});

test("a cron job calls the URL", () => {
  expect(cronLine(300, "http://localhost/heartbeats/k")).toBe(
    "*/5 * * * * curl -fsS -m 10 --retry 3 -o /dev/null http://localhost/heartbeats/k",
  );
});
