/** Alerts, notifications and metrics in real Chromium, on the platform that npm start runs. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { devices, expectAllAccessible, phone, withoutScript } from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { unique } from "../../support/builders.ts";
import { waitFor } from "../../support/platform/platform.ts";
import { post } from "../platform-user.ts";

describeInChromium("the lists of the UI", (site) => {
  const list = async <T>(path: string, name: string): Promise<T[]> =>
    ((await (await fetch(`${site.platform.url}/api/v1/${path}`)).json()) as Record<string, T[]>)[name] ?? [];

  /** An alert whose page has been sent. @returns the ids of both */
  async function happen(message: string): Promise<{ alert: string; notification: string }> {
    const service = unique("service-");
    await post(`${site.platform.url}/api/v1/alerts`, {
      service,
      severity: "critical",
      message,
      labels: { region: "eu-central-1" },
    });
    let found = { alert: "", notification: "" };
    await waitFor(async () => {
      const [alert] = await list<{ id: string; incident_id: string }>(`alerts?service=${service}`, "alerts");
      if (!alert) return false;
      const of = `notifications?status=sent&incident_id=${alert.incident_id}`;
      const [notification] = await list<{ id: string }>(of, "notifications");
      found = { alert: alert.id, notification: notification?.id ?? "" };
      return notification !== undefined;
    });
    return found;
  }

  test("lead from an alert's message to it, its incident, the page that was sent and its proof", async () => {
    const word = unique("needle-");
    await happen(`error rate, ${word}`);
    const page = await site.browser.visit("/alerts");
    await page.locator("#text").fill(word.toUpperCase());
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: word }).click();
    await page.getByRole("cell", { name: "eu-central-1" }).waitFor();
    await page.getByText("View as JSON").click();
    expect(JSON.parse((await page.locator("#raw-json").textContent()) ?? "")).toMatchObject({
      labels: { region: "eu-central-1" },
      outcome: "new_incident",
    });
    await page.locator(".quote a").click();
    await page.getByRole("button", { name: "Acknowledge", exact: true }).waitFor();
    const number = new URL(page.url()).pathname.split("/").at(-1);
    await page.goto(`/notifications?incident=${number}`);
    await page.locator("[data-row] .title").first().click();
    await page.getByText("Valid: the hash of the attempt matches").waitFor();
  });

  test("work without JavaScript", async () => {
    const word = unique("needle-");
    const { notification } = await happen(word);
    const page = await site.browser.visit("/alerts", withoutScript);
    await page.getByLabel("Message contains").fill(word);
    await page.getByRole("button", { name: "Search" }).click();
    expect(await page.locator("[data-row]").count()).toBe(1);
    await page.getByRole("link", { name: "Suppressed" }).click();
    expect(await page.locator("[data-row]").count()).toBe(0);
    await page.goto("/notifications");
    await page.getByRole("link", { name: "Sent", exact: true }).click();
    await page.getByLabel("Recipient").fill(`${unique("nobody-")}@example.com`);
    await page.getByLabel("Channel").selectOption("SMS");
    await page.getByRole("button", { name: "Apply filters" }).click();
    expect(new URL(page.url()).searchParams.get("status")).toBe("sent");
    await page.getByText("No notifications match these filters.").waitFor();
    await page.goto(`/notifications/${notification}`);
    await page.getByText("Valid:").waitFor();
    await page.goto("/reports");
    await page.getByRole("link", { name: "7 days" }).click();
    expect(new URL(page.url()).search).toBe("?days=7");
  });

  test.each([
    ["with JavaScript", {}],
    ["without JavaScript", withoutScript],
  ])("are downloaded as files with the filter of the page, %s", async (_, options) => {
    const word = unique("needle-");
    await happen(`=${word}, "quoted"`);
    const page = await site.browser.visit(`/alerts?text=${word}`, options);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^alerts-\d{4}-\d\d-\d\d\.csv$/);
    const lines = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`"'=${word}, ""quoted"""`);
  });

  test("of insights have each value of a chart on hover, in a table and in a file", async () => {
    await happen(unique("needle-"));
    const page = await site.browser.visit("/reports?days=7");
    const chart = page.getByRole("img", { name: /^Incidents per day over 7 days/ });
    const titles = await chart.locator("title").allTextContents();
    expect(titles).toHaveLength(7);
    await page.getByText("Values by day").click();
    const rows = page.locator("#days tbody tr");
    const counts = await rows.locator("td:nth-of-type(1)").allTextContents();
    expect(counts.toReversed()).toEqual(titles.map((title) => title.split(": ")[1]));
    await page.getByRole("heading", { name: "Load per person" }).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "days.csv" }).click(),
    ]);
    const lines = readFileSync(await download.path(), "utf8")
      .trimEnd()
      .split("\r\n");
    expect(lines).toHaveLength(8);
    expect(lines[0]).toBe("\uFEFFDay,Incidents,MTTA (seconds),MTTR (seconds)");
  });

  test.each(devices)("are accessible %s, in the light and in the dark", async (_, options) => {
    const { alert, notification } = await happen(unique(`${"wide".repeat(50)} \u202Eevil `));
    const paths = ["/alerts", `/alerts/${alert}`, "/notifications", `/notifications/${notification}`];
    await expectAllAccessible(site.browser, [...paths, "/alerts?text=nothing", "/reports"], options);
  });

  test("have every section in view on a phone", async () => {
    const page = await site.browser.visit("/reports", phone);
    const navigation = page.getByRole("navigation", { name: "Main" });
    expect(await navigation.getByRole("link").count()).toBe(4);
    await navigation.getByText("More").click();
    for (const name of ["Home", "Incidents", "Alerts", "On-call", "Services", "Insights", "Settings"]) {
      const link = navigation.getByRole("link", { name });
      const box = await link.boundingBox();
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= phone.viewport.width).toBe(true);
      expect(box?.height).toBeGreaterThanOrEqual(44);
    }
  });
});
