import { describe, expect, test } from "vitest";
import {
  aNote,
  anEvent,
  anIncident,
  aRecordedAlert,
  bob,
  minutes,
  monday,
} from "../../../../tests/support/builders.ts";
import { assets, textOf } from "../../../../tests/support/functions/page-examples.tsx";
import { timelineOf } from "../../../domain/incidents/timeline.ts";
import { loadMarkup } from "../../components/incident/markup.tsx";
import { frame } from "../../site/frame.tsx";
import { problemPage } from "../../site/problem-page.tsx";
import { anonymous } from "../../site/viewer.ts";
import { LinkView } from "./view.tsx";

const now = monday + minutes(12);
const hostile = `</title></style><script>alert(1)</script>"'&\u202Eevil${"x".repeat(2_000)}`;
const incident = anIncident({ number: 7, escalation: { level: 1, pass: 1, nextAt: now + minutes(4) } });
const hostileIncident = anIncident({
  title: hostile,
  service: hostile,
  team: hostile,
  description: hostile,
  status: "acknowledged",
  acknowledgedAt: monday,
  acknowledgedBy: hostile,
});
const { id: incidentId } = incident;
const link = { incidentId, action: "acknowledge", actor: "ada@example.com" } as const;
const shown = {
  link,
  incident,
  alerts: [],
  timeline: [],
  next: null,
  now,
  markup: await loadMarkup([hostile]),
  notice: null,
};

const htmlOf = (props: Partial<Parameters<typeof LinkView>[0]>) => {
  const content = <LinkView {...shown} {...props} />;
  return frame({ title: "Incident #7", content, assets, viewer: anonymous, now, standalone: true });
};
const hostileProblem = {
  type: "about:blank",
  code: "not_found",
  title: "Not found",
  status: 404,
  detail: hostile,
  request_id: hostile,
} as const;

/** Without Markdown, whose blocks isolate their direction. */
const outsideIsolation = (html: string) =>
  html.replace(/<div class="markdown".*?<\/div>/gs, "").replace(/<bdi[^>]*>[^<]*<\/bdi>/g, "");

describe("every page", () => {
  const everything = {
    incident: hostileIncident,
    link: { ...link, actor: hostile },
    alerts: [aRecordedAlert({ message: hostile, source: hostile, labels: { [hostile]: hostile } })],
    timeline: timelineOf([anEvent({ actor: hostile })], [aNote({ author: hostile, content: hostile })], []),
  };
  const pages = {
    incident: htmlOf(everything),
    result: htmlOf({
      ...everything,
      notice: { kind: "responded", action: "acknowledge", outcome: "already" },
    }),
    trouble: htmlOf({ ...everything, notice: { kind: "trouble", text: hostile, status: 409 } }),
  };

  test.each(Object.entries(pages))("(%s) escapes user-supplied text", (_, html) => {
    expect(html).not.toMatch(/<script|<style/);
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
    expect(html.match(/<\/title>/g)).toHaveLength(1);
  });

  test.each(Object.entries(pages))("(%s) isolates the direction of user-supplied text", (_, html) => {
    expect(outsideIsolation(html).replace(/<[^>]*>/g, "")).not.toContain("\u202E");
  });

  test.each(Object.entries(pages))(
    "(%s) describes itself to browsers, phones and search engines",
    (_, html) => {
      expect(html).toMatch(
        /^<!doctype html><html lang="en"><head><meta charset="utf-8"\/><title>[^<]+<\/title>/,
      );
      expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1"/>');
      expect(html).toContain('<meta name="robots" content="noindex"/>');
      expect(html.match(/<h1/g)).toHaveLength(1);
    },
  );

  test.each(Object.entries(pages))(
    "(%s) has the site's stylesheet, no script, and no link to another page of the platform",
    (_, html) => {
      expect(html).toContain(`<link rel="stylesheet" href="${assets.stylesheet}"/>`);
      expect(html).not.toMatch(/\sstyle=|\son\w+=|src=|<nav|<a /);
      expect([...html.matchAll(/<form [^>]*>/g)].map(([tag]) => tag.replace(/ class="[^"]*"/, ""))).toEqual(
        Array.from({ length: 4 }, () => '<form method="post" action="?">'),
      );
    },
  );

  test("of a problem is one of them", async () => {
    const response = problemPage(hostileProblem, { assets, now, standalone: true });
    const html = await response.text();
    expect(response.status).toBe(404);
    expect(response.headers.get("content-security-policy")).not.toContain("script-src");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(html).not.toMatch(/<script|<style/);
    expect(html.replace(/<bdi[^>]*>[^<]*<\/bdi>/g, "")).not.toContain("\u202E");
  });
});

describe("a link", () => {
  const buttons = (html: string) =>
    [...html.matchAll(/<button type="submit" name="do" value="(\w+)"( class="primary")?>/g)].map(
      ([, action, primary]) => (primary ? `${action}!` : action),
    );

  test("shows the incident, and the buttons that it can use, that of its own action first", () => {
    const html = htmlOf({});
    expect(buttons(html)).toEqual(["acknowledge!", "resolve", "escalate", "note"]);
    expect(buttons(htmlOf({ link: { ...link, action: "view" } }))).toEqual(buttons(html));
    const resolving = htmlOf({ link: { ...link, action: "resolve" } });
    expect(buttons(resolving)).toEqual(["resolve!", "acknowledge", "escalate", "note"]);
    const text = textOf(html);
    for (const part of [
      "#7 checkout: error rate over 5%",
      "◆ Critical",
      "○ Open",
      "opened 12m ago",
      "checkout · payments",
      "recorded as ada@example.com",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("names who is paged, who is next and when", () => {
    const recipients = [{ name: "Ada", email: "ada@example.com", reason: { kind: "policy" } as const }];
    const paging = { type: "paging", team: "payments", level: 1, pass: 1, recipients, nextAt: null } as const;
    const event = { id: "evt_1", incidentId, at: monday, actor: null, ...paging };
    const next = {
      at: now + minutes(4),
      step: {
        position: { level: 2, pass: 1 },
        recipients: [{ ...bob, reason: { kind: "policy" } as const }],
      },
    };
    const text = textOf(htmlOf({ timeline: timelineOf([event], [], []), next }));
    expect(text).toContain("Paged now Ada (level 1) 12 minutes ago");
    expect(text).toContain("Next Bob (level 2) in 4m , 2026-11-23 10:16:00 UTC");
  });

  test("opens runbooks, which learn nothing about the page", () => {
    const incident = anIncident({ links: [{ text: "Runbook", href: "https://wiki.example/x" }] });
    expect(htmlOf({ incident })).toContain(
      '<a href="https://wiki.example/x" class="link-button" rel="noopener noreferrer nofollow" target="_blank" title="https://wiki.example/x">',
    );
  });

  test("has no button for what is done, and says who did it", () => {
    const acknowledged = anIncident({
      status: "acknowledged",
      acknowledgedAt: monday,
      acknowledgedBy: "bob",
    });
    const resolved = anIncident({ status: "resolved", resolvedAt: monday, resolvedBy: null });
    const again = htmlOf({ incident: acknowledged });
    const late = htmlOf({ incident: resolved });
    expect(textOf(again)).toContain(
      "already acknowledged. It was acknowledged by bob at 2026-11-23 10:00 UTC",
    );
    expect(textOf(late)).toContain(
      "It can no longer be acknowledged. It was resolved at 2026-11-23 10:00 UTC",
    );
    expect([buttons(again), buttons(late)]).toEqual([["resolve!", "escalate", "note"], ["note"]]);
  });
});
