import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { failures, skips } from "./test-report.ts";

const root = resolve(import.meta.dirname, "..");

const file = (
  name: string,
  tests: readonly { fullName: string; status: string; message?: string }[],
  message = "",
) => ({
  name: join(root, name),
  status: message || tests.some(({ status }) => status === "failed") ? "failed" : "passed",
  message,
  assertionResults: tests.map(({ fullName, status, message: failure }) => ({
    fullName,
    status,
    failureMessages: failure ? [failure] : [],
  })),
});

it("names the tests that failed, with their first line, and counts the others", () => {
  const failed = (fullName: string) => ({
    fullName,
    status: "failed",
    message: "expected 1 to be 2\n  at x",
  });
  const testResults = [
    file("a.test.ts", [{ fullName: "fine", status: "passed" }, failed("adds")]),
    file("b.test.ts", [], "Cannot find package"),
    file("c.test.ts", ["1", "2", "3"].map(failed)),
  ];
  expect(failures({ testResults })).toBe(
    "5 failed: a.test.ts, adds: expected 1 to be 2; b.test.ts: Cannot find package; " +
      "c.test.ts, 1: expected 1 to be 2; and 2 more",
  );
});

it("counts skipped tests, with the reasons", () => {
  const skipped = (fullName: string) => ({ fullName, status: "skipped" });
  const testResults = [
    file("a.test.ts", [skipped("promtool (skipped: prometheus is not installed) runs"), skipped("the UI")]),
    file("b.test.ts", [
      { fullName: "fine", status: "passed" },
      { fullName: "fine too", status: "pending" },
    ]),
  ];
  expect(skips({ testResults })).toBe("3 tests skipped (prometheus is not installed)");
  expect(skips({ testResults: [file("a.test.ts", [skipped("x")])] })).toBe(
    "1 test skipped (no reason in the title)",
  );
});

it("returns nothing if all tests pass", () => {
  const testResults = [file("a.test.ts", [{ fullName: "fine", status: "passed" }])];
  expect(failures({ testResults })).toBeUndefined();
  expect(skips({ testResults })).toBeUndefined();
});
