import { describe, expect, test } from "vitest";
import { anIncident, minutes, monday } from "../../../../tests/support/builders.ts";
import { problemPage } from "../../site/problem-page.tsx";
import { stylesheet } from "../../site/stylesheet.ts";
import { answeredPage, confirmPage } from "./answer-pages.tsx";
import { incidentPage } from "./incident-page.tsx";

const now = monday + minutes(12);
const hostile = `</title></style><script>alert(1)</script>"'&\u202Eevil${"x".repeat(2_000)}`;
const incident = anIncident({ number: 7 });
const hostileIncident = anIncident({
  title: hostile,
  service: hostile,
  team: hostile,
  status: "acknowledged",
  acknowledgedAt: monday,
  acknowledgedBy: hostile,
});

/** What a reader sees. */
const textOf = (html: string) =>
  html
    .replace(/<style>.*?<\/style>/s, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");

const ask = { incident, answer: "acknowledge", actor: "ada@example.com", now } as const;

describe("every page", () => {
  const pages = {
    question: confirmPage({ ...ask, answer: "resolve", incident: hostileIncident, actor: hostile }),
    result: answeredPage({ ...ask, incident: hostileIncident, outcome: "already" }),
    incident: incidentPage({ incident: hostileIncident, timeline: [{ at: monday, message: hostile }], now }),
    problem: problemPage({ title: "Not found", detail: hostile, request_id: hostile }),
  };

  test.each(Object.entries(pages))("(%s) takes the texts of others for nothing but text", (_, html) => {
    expect(html).not.toMatch(/<script|<\/style>(?=.*<\/style>)/s);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
    expect(html.match(/<\/title>/g)).toHaveLength(1);
  });

  test.each(Object.entries(pages))("(%s) keeps the direction of others' texts to themselves", (_, html) => {
    const apart = html.replace(/<bdi>[^<]*<\/bdi>/g, "");
    expect(apart).not.toContain("\u202E");
    expect(stylesheet).toContain("overflow-wrap: anywhere");
  });

  test.each(Object.entries(pages))(
    "(%s) says what it is to browsers, phones and search engines",
    (_, html) => {
      expect(html).toMatch(
        /^<!doctype html><html lang="en"><head><meta charset="utf-8"\/><title>[^<]+<\/title>/,
      );
      expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1"/>');
      expect(html).toContain('<meta name="robots" content="noindex"/>');
      expect(html.match(/<h1>/g)).toHaveLength(1);
    },
  );

  test.each(Object.entries(pages))(
    "(%s) has the stylesheet as it is hashed, and no other style",
    (_, html) => {
      expect(html).toContain(`<style>${stylesheet}</style>`);
      expect(html.match(/<style|style=/g)).toHaveLength(1);
      expect(html).not.toMatch(/\son\w+=|src=|href=/);
    },
  );
});

describe("colours", () => {
  const schemes = { light: 0, dark: 1 } as const;
  const colour = (name: string, scheme: keyof typeof schemes): string =>
    [...stylesheet.matchAll(new RegExp(`--${name}: (#\\w+)`, "g"))][schemes[scheme]]?.[1] ?? "";

  test.each([
    { text: "text", on: "paper" },
    { text: "quiet", on: "paper" },
    { text: "alarm", on: "paper" },
    { text: "on-button", on: "button" },
  ])("of $text on $on are told apart in both schemes", ({ text, on }) => {
    for (const scheme of ["light", "dark"] as const) {
      const [a, b] = [luminance(colour(text, scheme)), luminance(colour(on, scheme))];
      expect((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), scheme).toBeGreaterThanOrEqual(4.5);
    }
  });
});

describe("a link that answers", () => {
  test("asks with what is at stake and one button", () => {
    const html = confirmPage(ask);
    expect(
      html.match(/<form method="post"><button type="submit">Acknowledge<\/button><\/form>/g),
    ).toHaveLength(1);
    const text = textOf(html);
    for (const part of [
      "Acknowledge incident #7?",
      "[CRITICAL] checkout: error rate over 5 %",
      "Severity critical",
      "Status open",
      "2026-11-23 10:00 UTC (12 minutes ago)",
      "Service checkout",
      "Team payments",
      "Recorded as ada@example.com",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("has no button where nothing is left to do", () => {
    const acknowledged = anIncident({
      status: "acknowledged",
      acknowledgedAt: monday,
      acknowledgedBy: "bob",
    });
    const resolved = anIncident({ status: "resolved", resolvedAt: monday, resolvedBy: null });
    const again = confirmPage({ ...ask, incident: acknowledged });
    const late = confirmPage({ ...ask, incident: resolved });
    expect(textOf(again)).toContain("It was acknowledged by bob at 2026-11-23 10:00 UTC");
    expect(textOf(late)).toContain(
      "It can no longer be acknowledged. It was resolved at 2026-11-23 10:00 UTC",
    );
    expect(again + late).not.toContain("<button");
    expect(confirmPage({ ...ask, answer: "resolve", incident: acknowledged })).toContain("<button");
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
