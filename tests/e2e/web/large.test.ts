/** The UI of a large organization in a storm, in real Chromium. */
import { beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { waitFor } from "../../support/platform/platform.ts";
import { post, sideBySide, userOf } from "../platform-user.ts";

const incidents = 300;
const alertsOfOneKey = 5_000;
const teams = 44;
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
    const busy = Array.from({ length: alertsOfOneKey }, () => ({
      service: "busy",
      severity: "critical",
      message: "disk full",
      dedup_key: "busy",
    }));
    await sideBySide(batches([...storm, ...busy]), 4, async (batch) => {
      await post(`${api}/alerts`, batch);
    });
    await waitFor(async () => {
      const all = await userOf(site.platform).incidents();
      const busiest = all.find(({ service }) => service === "busy");
      return all.length === incidents && busiest?.alert_count === alertsOfOneKey;
    }, 120_000);
  }, 180_000);

  test.each(widths)("fits into %i px", async (width) => {
    const page = await site.browser.visit("/", { viewport: { width, height: 900 } });
    const busy = (await userOf(site.platform).incidents({ service: "busy" }))[0]?.number;
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
});
