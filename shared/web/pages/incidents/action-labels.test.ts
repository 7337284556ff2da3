import { describe, expect, test } from "vitest";
import { anIncident, seconds } from "../../../../tests/support/builders.ts";
import { now } from "../../../../tests/support/functions/page-examples.tsx";
import { resultText } from "./action-labels.ts";

describe("results of a response", () => {
  const done = { outcome: "done", incident: anIncident({ number: 7 }) } as const;
  const resolved = anIncident({
    number: 8,
    status: "resolved",
    resolvedAt: now - seconds(12),
    resolvedBy: "bob",
  });

  test("reports who was faster, and how long ago", () => {
    expect(resultText("acknowledge", [done, { outcome: "too_late", incident: resolved }], now)).toEqual({
      kind: "trouble",
      text: "Acknowledged #7. #8 was resolved by \u2068bob\u2069 12 seconds ago and can no longer be acknowledged.",
    });
    expect(resultText("resolve", [{ outcome: "already", incident: resolved }], now).text).toBe(
      "#8 was already resolved by \u2068bob\u2069 12 seconds ago.",
    );
    expect(resultText("resolve", [done], now)).toEqual({ kind: "done", text: "Resolved #7." });
    expect(resultText("snooze", [done, { outcome: "too_late", incident: resolved }], now).text).toBe(
      "Snoozed #7. #8 was resolved by \u2068bob\u2069 12 seconds ago and can no longer be snoozed.",
    );
    expect(resultText("resolve", [], now).kind).toBe("trouble");
  });
});
