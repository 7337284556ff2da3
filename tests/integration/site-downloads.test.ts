/** CSV files of the UI's tables, through its functions, on real emulators. */
import { beforeAll, expect, test } from "vitest";
import { alerts, incidents } from "../../shared/runtime/stores.ts";
import { pages } from "../../shared/web/pages/all-pages.ts";
import { type PageName, pageHref } from "../../shared/web/site/routes.ts";
import { anIncident, aRecordedAlert, unique } from "../support/builders.ts";
import { onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, siteEnvironment } from "../support/functions/site.ts";

onCallApi();
beforeAll(async () => void Object.assign(process.env, await siteEnvironment()));

const linesOf = (text: string) => text.trimEnd().split("\r\n");

test("a list is downloaded with its filter, up to the last row", async () => {
  const service = unique("service-");
  const messages = ['=HYPERLINK("http://evil")', ...Array.from({ length: 60 }, (_, index) => `m-${index}`)];
  await alerts().record(messages.map((message) => aRecordedAlert({ service, message })));
  await alerts().record([aRecordedAlert({ service: unique("other-") })]);
  const browser = aBrowser();
  const { text: html } = await browser.get(`/alerts?service=${service}`);
  const href = /href="([^"]*csv=alerts)"/.exec(html)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const { status, text, headers } = await browser.get(href);
  expect(status).toBe(200);
  expect(headers["content-disposition"]).toMatch(/^attachment; filename="alerts-\d{4}-\d\d-\d\d\.csv"$/);
  expect(linesOf(text)).toHaveLength(62);
  expect(text).toContain(`"'=HYPERLINK(""http://evil"")"`);
});

test("unresolved incidents are downloaded in the order of the page", async () => {
  const team = unique("team-");
  for (const severity of ["low", "critical"] as const)
    await incidents().create(
      anIncident({ number: Number(unique("9")), team, severity, title: severity }),
      null,
    );
  const { text } = await aBrowser().get(`/incidents?team=${team}&csv=incidents`);
  expect(linesOf(text).map((line) => line.split(",")[1])).toEqual(["Title", "critical", "low"]);
});

test("every table of a page without parameters has headings", async () => {
  const browser = aBrowser();
  for (const [name, load] of Object.entries(pages)) {
    const { downloads, params } = await load();
    if (params) continue;
    for (const table of Object.keys(downloads)) {
      const { status, headers, text } = await browser.get(`${pageHref(name as PageName)}?csv=${table}`);
      expect([name, table, status]).toEqual([name, table, 200]);
      expect(headers["content-type"]).toMatch(/^text\/csv/);
      expect(linesOf(text)[0]).toMatch(/^\uFEFF?[A-Z][\w ]*,/);
    }
  }
});

test("a table that a page does not have is an error that names those it has", async () => {
  const { status, text } = await aBrowser().get("/reports?csv=constructor");
  expect(status).toBe(422);
  expect(text).toContain("must be one of days");
});

test("a file with a filter that the page does not have is refused, which the page says in a notice", async () => {
  const browser = aBrowser();
  const page = await browser.get("/on-call/calendar?month=5&range=week");
  expect(page.status).toBe(200);
  expect(page.text).toContain("This page has no parameter <code><bdi>month</bdi></code>. It was ignored.");
  expect(page.text).not.toContain("month=5&amp;csv");
  const file = await browser.get("/on-call/calendar?month=5&csv=shifts");
  expect(file.status).toBe(422);
  expect(file.text).toContain("is not a known parameter");
});
