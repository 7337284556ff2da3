/** The UI of a large organization in a storm, in real Chromium. */
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { beforeAll, expect, test } from "vitest";
import { alertStore } from "../../../shared/storage/alerts/alert-store.ts";
import { dynamoTable } from "../../../shared/storage/dynamo-table.ts";
import { incidentStore } from "../../../shared/storage/incidents/incident-store.ts";
import { desktop, weigh } from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { aRecordedAlert } from "../../support/builders.ts";
import { clients, waitFor } from "../../support/platform/platform.ts";
import { post, sideBySide, userOf } from "../platform-user.ts";

const incidents = 300;
const equalAlerts = 5_000;
/** The others are stored, which takes a tenth of the time. */
const sentAlerts = 100;
const teams = 44;
const busyAlert = {
  service: "busy",
  severity: "critical",
  message: "disk full",
  labels: { runbook_url: "https://wiki.example/disk", host: "a".repeat(100) },
} as const;
const severities = ["critical", "high", "medium", "low"];
const services = ["checkout", "بحث", "🛒", "x".repeat(200), "payments"];
const longName = "t".repeat(190);
const widths = [390, 800, 1_280, 1_920];

/** Finds elements that are wider than the page, and cells too narrow for their text. */
const layoutFaults = `({
  wide: [...document.querySelectorAll("main *")]
    .filter((each) => document.documentElement.scrollWidth > innerWidth && each.getBoundingClientRect().right > innerWidth + 1)
    .slice(-3).map(({ outerHTML }) => outerHTML.slice(0, 120)),
  squeezed: [...document.querySelectorAll("th, td, .row .title, .cell")]
    .filter((cell) => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth && cell.clientWidth < 48)
    .map(({ outerHTML }) => outerHTML.slice(0, 120)),
})`;

/** Splits values into batches of 100, as many as a request takes. */
function batches<T>(values: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(values.length / 100) }, (_, index) =>
    values.slice(index * 100, index * 100 + 100),
  );
}

describeInChromium("the UI of a large organization", { own: true }, (site) => {
  beforeAll(async () => {
    const api = `${site.platform.url}/api/v1`;
    const names = [longName, ...Array.from({ length: teams - 1 }, (_, index) => `team ${index}`)];
    await sideBySide(names, 4, async (team) => {
      const members = [{ name: "p".repeat(190), email: "ana@example.com", role: "primary" }];
      await post(`${api}/schedules`, { team, rotation_type: "weekly", members });
    });
    const storm = Array.from({ length: incidents - 1 }, (_, index) => ({
      service: services[index % services.length],
      severity: severities[index % severities.length],
      message: index % 10 === 0 ? "W".repeat(2_000) : `error rate over ${index}%`,
      dedup_key: `key ${index}`,
    }));
    const busy = Array.from({ length: sentAlerts }, () => ({ ...busyAlert, dedup_key: "busy" }));
    await sideBySide(batches([...storm, ...busy]), 4, async (batch) => {
      await post(`${api}/alerts`, batch);
    });
    const countOf = async () => (await busiest())?.alert_count;
    await waitFor(async () => (await countOf()) === sentAlerts, 60_000);
    await storeAlerts(equalAlerts - sentAlerts);
    expect(await countOf()).toBe(equalAlerts);
    await waitFor(async () => (await userOf(site.platform).incidents()).length === incidents, 60_000);
  }, 180_000);

  const busiest = async () => (await userOf(site.platform).incidents({ service: busyAlert.service }))[0];

  async function storeAlerts(count: number): Promise<void> {
    const { dynamodb } = clients(site.platform.env);
    const table = dynamoTable(DynamoDBDocumentClient.from(dynamodb), "incident-platform-local", Date.now);
    const stored = incidentStore(table);
    const incident = await stored.find((await busiest())?.id ?? "");
    if (!incident) throw new Error("It has no alert yet");
    const alert = { ...busyAlert, receivedAt: incident.createdAt, incidentId: incident.id };
    const outcome = "existing_incident" as const;
    await alertStore(table).record(
      Array.from({ length: count }, () => aRecordedAlert({ ...alert, outcome })),
    );
    await stored.save({ ...incident, alertCount: incident.alertCount + count });
    dynamodb.destroy();
  }

  test.each(widths)("fits into %i px", async (width) => {
    const page = await site.browser.visit("/", { viewport: { width, height: 900 } });
    const busy = (await busiest())?.number;
    const paths = [
      "/",
      "/incidents",
      "/incidents?group=team",
      `/incidents/${busy}`,
      "/alerts",
      "/on-call",
      "/services",
    ];
    for (const path of paths) {
      await page.goto(path);
      const found = await page.evaluate(layoutFaults);
      expect(found, `${path} at ${width} px`).toEqual({ wide: [], squeezed: [] });
    }
  });

  test("shows what matters first: counts, groups, and a home page of two screens", async () => {
    const page = await site.browser.visit("/", { viewport: { width: 1_280, height: 900 } });
    await page.getByRole("heading", { name: `${incidents} open` }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThanOrEqual(2_000);
    await page.getByRole("link", { name: "View all teams" }).waitFor();
    await page.goto("/incidents");
    expect(await page.locator(".incident-group h2").first().textContent()).toMatch(/^Critical \d+$/);
    expect(await page.locator("[data-row]").count()).toBe(100);
    const heights = await page
      .locator("[data-row]")
      .evaluateAll((rows) => rows.map((row) => row.clientHeight));
    expect(Math.max(...heights)).toBeLessThanOrEqual(44);
  });

  test("shows a bounded number of 5,000 equal alerts, and says how many there are", async () => {
    const busy = (await busiest())?.number;
    const page = await site.browser.visit("about:blank", desktop);
    const { bytes, requests } = await weigh(page, `/incidents/${busy}`);
    expect(bytes).toBeLessThan(100_000);
    expect(requests).toBeLessThanOrEqual(3);
    await page.getByText("Grouped from the latest 100 of 5000.").waitFor();
    expect(await page.locator(".alert").count()).toBe(1);
    expect(await page.locator(".alert").textContent()).toContain("×100");
    expect(await page.getByRole("link", { name: "Runbook" }).getAttribute("href")).toBe(
      "https://wiki.example/disk",
    );
    expect(await page.evaluate("document.documentElement.scrollHeight")).toBeLessThan(2_000);
  });
});
