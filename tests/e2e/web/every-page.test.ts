/** Whatever pages there are, in real Chromium: quick, within reach of everybody, and whole on every screen. */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { placeholdersOf } from "../../../shared/contracts/path-template.ts";
import { type PageName, pageHref, pageRoutes } from "../../../shared/web/site/routes.ts";
import {
  addAxe,
  appearances,
  describeIfChromium,
  desktop,
  expectAccessible,
  expectAccessibleInBothSchemes,
  phone,
  startBrowser,
  type TestBrowser,
  weigh,
} from "../../support/browser/browser.ts";
import { startPlatform, type TestPlatform, waitFor } from "../../support/platform/platform.ts";
import { post } from "../platform-user.ts";

/** Addresses that lead to another page. */
const redirects: readonly PageName[] = ["settings", "short-link"];
const pages = (Object.keys(pageRoutes) as PageName[]).filter((name) => !redirects.includes(name));
const pagesOfIncident: readonly PageName[] = [
  "incident",
  "merge-incident",
  "move-incident",
  "request-responders",
];
/** Longer than any that fits. */
const name = `the-team-${"of-many-words-".repeat(8)}`.slice(0, 100);
const email = `${"a.long.address.".repeat(3)}ada@example.com`;

describeIfChromium("every page", () => {
  let platform: TestPlatform;
  let browser: TestBrowser;
  let wide: Page;
  let small: Page;
  /** Values for path placeholders. An ID belongs to the page's subject. */
  let examples: Record<string, string> = {};
  beforeAll(async () => {
    platform = await startPlatform();
    browser = await startBrowser(platform.url);
    examples = await happen();
    wide = await browser.visit("about:blank", desktop);
    small = await browser.visit("about:blank", phone);
    for (const page of [wide, small]) await addAxe(page);
  });
  afterAll(async () => {
    await browser?.close();
    await platform?.stop();
  });

  async function newest(path: string, list: string): Promise<Record<string, unknown> | undefined> {
    const reply = await fetch(`${platform.url}/api/v1/${path}`);
    return ((await reply.json()) as Record<string, Record<string, unknown>[]>)[list]?.[0];
  }

  /** A team with someone on call, who is paged for an alert. */
  async function happen(): Promise<Record<string, string>> {
    const member = { name: `Ada ${"Lovelace ".repeat(10)}`, email };
    const rotation = { unit: "day", length: 1, starts_on: "2026-01-05" };
    const layers = ["primary", "secondary"].map((role) => ({
      name: `${role} ${"by-turns-".repeat(5)}`,
      role,
      rotation,
      members: [member, { name: "Bob", email: "bob@example.com" }],
    }));
    await post(`${platform.url}/api/v1/schedules`, { team: name, timezone: "Europe/Berlin", layers });
    await fetch(`${platform.url}/api/v1/users/${encodeURIComponent(email)}`, {
      method: "PUT",
      body: JSON.stringify({
        name: member.name,
        contact_methods: [{ id: "mail", channel: "email", address: email }],
      }),
    });
    await post(`${platform.url}/api/v1/keys`, { name, scopes: ["read", "ingest"] });
    const integration = await post(`${platform.url}/api/v1/integrations`, {
      name,
      type: "generic",
      service: name,
    });
    const webhook = await post(`${platform.url}/api/v1/teams/${name}/webhooks`, {
      url: `https://tickets.example.com/${"wide".repeat(50)}`,
    });
    await post(`${platform.url}/api/v1/alerts`, {
      service: name,
      severity: "critical",
      message: `${"wide".repeat(40)} and ${"many words ".repeat(30)}`,
      labels: { [`label_${"x".repeat(60)}`]: "y".repeat(200) },
    });
    let found: Record<string, string> = {};
    await waitFor(async () => {
      const alert = await newest("alerts", "alerts");
      const notification = await newest("notifications?status=sent", "notifications");
      const incident = await newest("incidents", "incidents");
      found = {
        alert: String(alert?.id),
        ...Object.fromEntries(pagesOfIncident.map((page) => [page, String(incident?.number)])),
        notification: String(notification?.id),
      };
      return notification !== undefined;
    });
    const idOf = async (reply: Response) => ((await reply.json()) as { id: string }).id;
    const heartbeat = await post(`${platform.url}/api/v1/heartbeats`, {
      name,
      service: name,
      interval_seconds: 60,
    });
    const ids = {
      webhook: await idOf(webhook),
      integration: await idOf(integration),
      heartbeat: await idOf(heartbeat),
    };
    return { ...found, ...ids, team: name, service: name, queue: "alerts", email };
  }

  function pathOf(page: PageName): string {
    const placeholders = placeholdersOf(pageRoutes[page]);
    const values = placeholders.map((placeholder) => {
      const value = examples[placeholder === "id" ? page : placeholder];
      if (value === undefined) throw new Error(`The page ${page} needs an example of {${placeholder}} here`);
      return [placeholder, value];
    });
    return pageHref(page, Object.fromEntries(values));
  }

  describe.each(pages)("%s", (name) => {
    test("answers with three files and 60 KB at most", async () => {
      const { status, requests, bytes } = await weigh(wide, pathOf(name));
      expect(status).toBe(200);
      expect(requests).toBeLessThanOrEqual(3);
      expect(bytes).toBeLessThan(60 * 1_024);
      expect(browser.consoleErrors()).toEqual([]);
    });

    test("is accessible in light and dark mode, on desktop, tablet and phone", async () => {
      await wide.setViewportSize(desktop.viewport);
      // The test before has opened it.
      if (!wide.url().endsWith(pathOf(name))) await wide.goto(pathOf(name));
      await unfold(wide);
      await expectAccessibleInBothSchemes(wide);
      await wide.setViewportSize({ width: 800, height: 1_000 });
      await expectWhole(wide);
      await small.goto(pathOf(name));
      await unfold(small);
      await expectAccessible(small);
      await expectWhole(small);
      expect(browser.consoleErrors()).toEqual([]);
    });
  });

  test.each(appearances)("the menus of the frame are accessible %s", async (_, options) => {
    const page = await browser.visit("/search", options);
    for (const menu of ["#identity", "#more"]) {
      await page.evaluate(`document.querySelector("${menu}").open = true`);
      await expectAccessible(page);
      await page.evaluate(`document.querySelector("${menu}").open = false`);
    }
    await page.keyboard.press("/");
    await expectAccessible(page);
    await page.context().close();
  });

  test("times are shown in the browser's zone, or the chosen one, and in UTC on hover", async () => {
    const page = await browser.visit("/incidents", { timezoneId: "Asia/Tokyo" });
    await page.locator(".as-of", { hasText: "UTC+9" }).waitFor();
    await page.locator("#identity > summary").click();
    await page.getByLabel("Time zone").fill("America/New_York");
    await page.getByRole("button", { name: "Save time zone" }).click();
    await page.locator(".as-of", { hasText: /UTC-[45]/ }).waitFor();
    expect(await page.locator(".as-of time").getAttribute("title")).toMatch(/ UTC$/);
    await page.context().close();
  });

  const unfold = (page: Page) =>
    page.evaluate("for (const fold of document.querySelectorAll('main details')) fold.open = true");

  /** All sections are reachable, and only scrollable regions are wider than the screen. */
  async function expectWhole(page: Page): Promise<void> {
    const outside = await page.evaluate(`[...document.querySelectorAll("body *")]
      .filter((each) => {
        const { left, right, width, height } = each.getBoundingClientRect();
        const seen = each.checkVisibility() && !each.closest("svg, .hidden, .skip, thead");
        return seen && width > 1 && height > 1 && (right > document.documentElement.clientWidth + 1 || left < -1);
      })
      .map((each) => each.outerHTML.slice(0, 120))`);
    expect(outside).toEqual([]);
    expect(await page.locator("nav[aria-label=Main] > a").count()).toBe(7);
    const current = await page.locator("nav[aria-label=Main] > [aria-current]").count();
    const isApart = [pageRoutes["sign-in"], pageRoutes.search].some((path) => page.url().endsWith(path));
    expect(current).toBe(isApart ? 0 : 1);
  }
});
