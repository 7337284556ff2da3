import { describe, expect, test } from "vitest";
import { anIncident, seconds } from "../../../../tests/support/builders.ts";
import { now } from "../../../../tests/support/functions/page-examples.tsx";
import { AccessDenied } from "../../../domain/access/access-denied.ts";
import { denialsIn, deniedEntirely, resultText } from "./action-labels.ts";

const principal = { kind: "key", name: "deploy", scopes: ["write"], teams: null } as const;

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

  test("names those that were not permitted, and why", () => {
    const deniedFor = (number: number, team: string) => {
      const denial = { missing: "role", role: "responder", team } as const;
      const error = new AccessDenied(`Bob lacks a role in ${team}`, { principal, right: "respond", denial });
      return { outcome: "denied", incident: anIncident({ number }), error } as const;
    };
    const denied = [deniedFor(3, "search"), deniedFor(4, "billing"), deniedFor(5, "search")];
    expect(resultText("resolve", [done, ...denied], now)).toEqual({
      kind: "trouble",
      text:
        "Resolved #7. Not permitted for #3, #5: Bob lacks a role in search. " +
        "Not permitted for #4: Bob lacks a role in billing.",
    });
    expect(deniedEntirely([done, ...denied])).toBeUndefined();
    expect(denialsIn([done, ...denied])).toEqual([denied[0]?.error, denied[1]?.error]);
    expect(deniedEntirely(denied)).toBe(denied[0]?.error);
  });
});
