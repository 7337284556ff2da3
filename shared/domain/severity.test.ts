import { describe, expect, test } from "vitest";
import { isWorse, parseSeverity, severities } from "./severity.ts";

describe("reading a severity", () => {
  test.each([
    ["critical", "critical"],
    ["CRITICAL", "critical"],
    [" High ", "high"],
    ["Medium", "medium"],
    ["low", "low"],
    ["error", "high"],
    ["ERROR", "high"],
    ["warning", "medium"],
    ["Info", "low"],
  ])("%j is %s", (text, severity) => {
    expect(parseSeverity(text)).toBe(severity);
  });

  test.each(["", "fatal", "constructor", "__proto__", "toString", "hıgh"])("%j is none", (text) => {
    expect(parseSeverity(text)).toBeUndefined();
  });
});

test("each severity is worse than all behind it and than none before it", () => {
  for (const [index, severity] of severities.entries()) {
    for (const [otherIndex, other] of severities.entries()) {
      expect(isWorse(severity, other), `${severity} than ${other}`).toBe(index < otherIndex);
    }
  }
});
