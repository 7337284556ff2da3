import { describe, expect, test } from "vitest";
import { anIncident, minutes, monday } from "../../../../tests/support/builders.ts";
import { assets, textOf } from "../../../../tests/support/functions/page-examples.tsx";
import { frame } from "../../site/frame.tsx";
import type { Shown } from "../../site/page.ts";
import { problemPage } from "../../site/problem-page.tsx";
import { anonymous } from "../../site/viewer.ts";
import { confirmView, incidentView, resultView } from "./view.tsx";

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

const ask = { incident, action: "acknowledge", actor: "ada@example.com", now } as const;
const htmlOf = ({ title, content }: Shown) =>
  frame({ title, content, assets, viewer: anonymous, now, standalone: true });
const hostileProblem = {
  type: "about:blank",
  code: "not_found",
  title: "Not found",
  status: 404,
  detail: hostile,
  request_id: hostile,
} as const;

const confirm = (asked: Parameters<typeof confirmView>[0]) => htmlOf(confirmView(asked));

describe("every page", () => {
  const pages = {
    question: htmlOf(confirmView({ ...ask, action: "resolve", incident: hostileIncident, actor: hostile })),
    result: htmlOf(resultView({ ...ask, incident: hostileIncident, outcome: "already" })),
    incident: htmlOf(
      incidentView({ incident: hostileIncident, timeline: [{ at: monday, message: hostile }], now }),
    ),
  };

  test.each(Object.entries(pages))("(%s) takes the texts of others for nothing but text", (_, html) => {
    expect(html).not.toMatch(/<script|<style/);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
    expect(html.match(/<\/title>/g)).toHaveLength(1);
  });

  test.each(Object.entries(pages))("(%s) keeps the direction of others' texts to themselves", (_, html) => {
    expect(html.replace(/<bdi[^>]*>[^<]*<\/bdi>/g, "")).not.toContain("\u202E");
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
    "(%s) has the site's stylesheet, no script and no navigation",
    (_, html) => {
      expect(html).toContain(`<link rel="stylesheet" href="${assets.stylesheet}"/>`);
      expect(html).not.toMatch(/\sstyle=|\son\w+=|src=|<nav|<a /);
    },
  );

  test("of a problem is one of them", async () => {
    const response = problemPage(hostileProblem, { assets, now, standalone: true });
    const html = await response.text();
    expect(response.status).toBe(404);
    expect(response.headers.get("content-security-policy")).not.toContain("script-src");
    expect(html).not.toMatch(/<script|<style/);
    expect(html.replace(/<bdi[^>]*>[^<]*<\/bdi>/g, "")).not.toContain("\u202E");
  });
});

describe("a link that answers", () => {
  test("shows the incident and one button", () => {
    const html = htmlOf(confirmView(ask));
    expect(
      html.match(
        /<form method="post"><button type="submit" class="primary">Acknowledge incident<\/button><\/form>/g,
      ),
    ).toHaveLength(1);
    const text = textOf(html);
    for (const part of [
      "Acknowledge incident #7?",
      "[CRITICAL] checkout: error rate over 5%",
      "Severity ◆ Critical",
      "Status ○ Open",
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
    const again = confirm({ ...ask, incident: acknowledged });
    const late = confirm({ ...ask, incident: resolved });
    expect(textOf(again)).toContain("It was acknowledged by bob at 2026-11-23 10:00 UTC");
    expect(textOf(late)).toContain(
      "It can no longer be acknowledged. It was resolved at 2026-11-23 10:00 UTC",
    );
    expect(again + late).not.toContain("<button");
    expect(confirm({ ...ask, action: "resolve", incident: acknowledged })).toContain("<button");
  });
});
