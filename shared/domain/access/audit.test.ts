import { expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { limits } from "../limits.ts";
import { masked, viewOf } from "./audit.ts";

test("a view is in the API's spelling, at every depth, and times are times", () => {
  expect(
    viewOf({
      createdAt: monday,
      inForceUntil: null,
      start: monday,
      layers: [{ handoffTime: "09:00", start: "22:00", length: 1 }],
      auto_resolve: 1,
    }),
  ).toEqual({
    created_at: "2026-11-23T10:00:00.000Z",
    in_force_until: null,
    start: "2026-11-23T10:00:00.000Z",
    layers: [{ handoff_time: "09:00", start: "22:00", length: 1 }],
    auto_resolve: 1,
  });
});

test("large values are replaced by their size, and the rest stays", () => {
  const view = viewOf({ first: "a", layers: "🚨".repeat(limits.auditedBytes), last: "z" });
  expect(view).toEqual({ first: "a", layers: `… (${limits.auditedBytes * 4 + 2} bytes)`, last: "z" });
});

test("a secret shows its end", () => {
  expect(masked("0123456789")).toBe("…6789");
});
