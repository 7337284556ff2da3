import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

describe("colors", () => {
  const css = readFileSync("infra/build/web/styles/tokens.css", "utf8");
  const color = (name: string, scheme: 0 | 1): string =>
    new RegExp(`--${name}: light-dark\\((#\\w+), (#\\w+)\\);`).exec(css)?.[1 + scheme] ?? "";

  test.each([
    ...["text", "quiet", "link", "critical", "high", "good"].flatMap((text) => [
      { text, on: "paper", least: 4.5 },
      { text, on: "card", least: 4.5 },
    ]),
    ...["critical", "high", "medium", "low", "good", "violet", "teal"].map((text) => ({
      text,
      on: `${text}-wash`,
      least: 4.5,
    })),
    { text: "text", on: "high-wash", least: 4.5 },
    { text: "text", on: "good-wash", least: 4.5 },
    { text: "quiet", on: "low-wash", least: 4.5 },
    { text: "critical", on: "low-wash", least: 4.5 },
    { text: "text", on: "raised", least: 4.5 },
    { text: "quiet", on: "raised", least: 4.5 },
    { text: "link", on: "raised", least: 4.5 },
    { text: "on-button", on: "button", least: 4.5 },
    { text: "edge", on: "card", least: 3 },
  ])("of $text on $on have enough contrast in both schemes", ({ text, on, least }) => {
    for (const scheme of [0, 1] as const) {
      const [a, b] = [luminance(color(text, scheme)), luminance(color(on, scheme))];
      expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), `${scheme}`).toBeGreaterThanOrEqual(least);
    }
  });
});

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const digits = hex.length === 4 ? [...hex.slice(1)].map((digit) => digit + digit).join("") : hex.slice(1);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((start) => Number.parseInt(digits.slice(start, start + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
