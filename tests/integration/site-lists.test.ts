/** Alerts, notifications and metrics in the UI, through its functions, on real emulators. */
import { beforeAll, describe, expect, test } from "vitest";
import { alerts, incidents, notifications } from "../../shared/runtime/stores.ts";
import {
  aNotification,
  anIncident,
  aRecordedAlert,
  days,
  minutes,
  monday,
  seconds,
  unique,
} from "../support/builders.ts";
import { onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, byScript, siteEnvironment } from "../support/functions/site.ts";

onCallApi();
beforeAll(async () => void Object.assign(process.env, await siteEnvironment()));

const rowsOf = (text: string) => text.match(/data-row/g)?.length ?? 0;
const textOf = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
const linkTo = (text: string, name: string) =>
  new RegExp(`href="([^"]*)">${name}<`).exec(text)?.[1]?.replaceAll("&amp;", "&");
const anOpenIncident = (fields: object = {}) =>
  incidents().create(anIncident({ number: Number(unique("9")), ...fields }), null);

describe("alerts", () => {
  test("are narrowed down by all that they can be, and lead to their incident", async () => {
    const service = unique("service-");
    const { id, number } = await anOpenIncident();
    const mine = aRecordedAlert({ service, message: "Replica LAG", severity: "high", incidentId: id });
    const dropped = aRecordedAlert({
      service,
      message: "over",
      action: "resolve",
      outcome: "dropped",
      incidentId: null,
    });
    await alerts().record([mine, dropped]);
    const browser = aBrowser();
    for (const [query, rows] of [
      ["", 2],
      ["&text=lag", 1],
      ["&severity=high&outcome=new_incident", 1],
      ["&outcome=dropped&severity=&text=", 1],
      ["&outcome=suppressed", 0],
      [`&incident_id=${id}`, 1],
    ] as const) {
      const { text } = await browser.get(`/alerts?service=${service}${query}`);
      expect([query, rowsOf(text)]).toEqual([query, rows]);
    }
    const { text } = await browser.get(`/alerts/${mine.id}`);
    expect(text).toContain(`href="/incidents/${number}"`);
    expect(text).toContain("&quot;dedup_key&quot;: null");
    expect((await browser.get("/alerts/alt_none")).status).toBe(404);
    expect((await browser.get("/alerts?severity=burning")).status).toBe(422);
  });

  test("are paged by cursors that keep their filters, and only the newest are live", async () => {
    const service = unique("service-");
    const three = Array.from({ length: 3 }, () => aRecordedAlert({ service, message: unique("m-") }));
    await alerts().record(three);
    const browser = aBrowser();
    const first = await browser.get(`/alerts?service=${service}&limit=2`);
    expect([rowsOf(first.text), first.text.includes("data-every")]).toEqual([2, true]);
    const older = linkTo(first.text, "Older");
    expect(older).toContain(`service=${service}`);
    const second = await browser.get(`${older}&limit=2`);
    expect([rowsOf(second.text), second.text.includes("data-every")]).toEqual([1, false]);
    expect(linkTo(second.text, "Newest")).toBe(`/alerts?service=${service}`);
    const news = await browser.get(`/alerts?service=${service}`, byScript);
    expect(news.text).toMatch(/^<title>Alerts · Incidents<\/title><main id="main"/);
  });

  test("behind a thousand others are found by searching on, which says how far it came", async () => {
    const needle = aRecordedAlert({ message: "the needle", receivedAt: monday - days(30) });
    const hay = Array.from({ length: 1_100 }, (_, index) =>
      aRecordedAlert({ message: "hay", receivedAt: monday - days(20) + seconds(index) }),
    );
    await alerts().record([needle, ...hay]);
    const browser = aBrowser();
    const first = await browser.get("/alerts?text=the+needle");
    expect(rowsOf(first.text)).toBe(0);
    expect(textOf(first.text)).toMatch(/No matches in .* back to 2026-11-03 1\d:\d\d UTC/);
    const second = await browser.get(linkTo(first.text, "Older") ?? "");
    expect(rowsOf(second.text)).toBe(1);
    expect(textOf(second.text)).not.toContain("looked through");
  });
});

describe("notifications", () => {
  test("are narrowed down by all that they can be", async () => {
    const { id, number } = await anOpenIncident();
    const recipient = `${unique("person-")}@example.com`;
    const failed = aNotification({ incidentId: id, recipient, status: "failed" });
    for (const each of [
      failed,
      aNotification({ incidentId: id, recipient, channel: "sms", status: "sent", sentAt: monday }),
      aNotification({ incidentId: id, recipient: "other@example.com" }),
    ]) {
      await notifications().create(each);
    }
    const browser = aBrowser();
    for (const [query, rows] of [
      [`recipient=${recipient}`, 2],
      [`incident=${number}`, 3],
      [`incident=${id}&status=failed`, 1],
      [`recipient=${recipient}&channel=sms&status=`, 1],
      [`recipient=${recipient}&channel=ntfy`, 0],
    ] as const) {
      const { text } = await browser.get(`/notifications?${query}`);
      expect([query, rowsOf(text)]).toEqual([query, rows]);
    }
    expect((await browser.get("/notifications?incident=123456789")).status).toBe(404);
    const shown = await browser.get(`/notifications/${failed.id}`);
    expect(shown.text).toContain(`href="/incidents/${number}"`);
    expect(textOf(shown.text)).toContain("No attempts yet");
    expect((await browser.get("/notifications/ntf_none")).status).toBe(404);
  });
});

describe("insights", () => {
  test("are of the days that were asked for", async () => {
    const createdAt = monday - days(2);
    const over = { acknowledgedAt: createdAt + minutes(2), resolvedAt: createdAt + minutes(20) };
    const service = unique("service-");
    for (const status of ["resolved", "resolved"] as const) {
      await anOpenIncident({ createdAt, service, status, ...over });
    }
    const browser = aBrowser();
    for (const [path, chosen] of [
      ["/reports?days=7", "7 days"],
      ["/reports", "30 days"],
      ["/reports?days=90", "90 days"],
    ] as const) {
      const { status, text } = await browser.get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(textOf(text)).toContain(`${service} 2 2m 20m`);
      expect(text).toContain(`aria-current="page">${chosen}`);
    }
    expect((await browser.get("/reports?days=8")).status).toBe(422);
  });
});
