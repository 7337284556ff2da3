/** The pages of services in real Chromium, on the platform that npm start runs. */
import { expect, test } from "vitest";
import { devices, expectAllAccessible, withoutScript } from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { unique } from "../../support/builders.ts";
import { post } from "../platform-user.ts";

describeInChromium("the pages of services", (site) => {
  const person = { name: "Ada", email: "ada@example.com" };
  const rotation = { unit: "week", length: 1, starts_on: "2026-01-05" };
  async function aTeam(team = unique("team-").toLowerCase()): Promise<string> {
    const layers = [{ name: "days", role: "primary", rotation, members: [person] }];
    await post(`${site.platform.url}/api/v1/schedules`, { team, timezone: "Europe/Berlin", layers });
    return team;
  }

  test.each([
    ["with a script", {}],
    ["without one", withoutScript],
  ])("add one with a warning, edit it, and show its incidents, %s", async (_, options) => {
    const team = await aTeam();
    const service = unique("service-").toLowerCase();
    const page = await site.browser.visit("/services", options);
    await page.getByLabel("Service", { exact: true }).fill(service);
    await page.getByLabel("Team", { exact: true }).fill(`no-${team}`);
    await page.getByRole("button", { name: "Save service" }).click();
    await page.getByRole("status").getByText("has no schedule yet").waitFor();
    expect(new URL(page.url()).pathname).toBe(`/services/${service}`);
    await page.locator("#no-schedule").waitFor();

    await page.getByLabel("Team", { exact: true }).fill(team);
    await page.getByLabel("Auto-resolve after").fill("2 h");
    await page.getByRole("button", { name: "Save service" }).click();
    await page.getByText("After 2 hours").waitFor();
    expect(await page.locator("#no-schedule").count()).toBe(0);
    await page.getByText("Ada").first().waitFor();

    const title = unique("lost ");
    await page.getByRole("link", { name: "Declare incident" }).last().click();
    await page.getByLabel("Title").fill(title);
    await page.getByRole("button", { name: "Declare incident" }).click();
    await page.getByRole("heading", { name: title }).waitFor();
    await page.goto("/services");
    await page.locator(`tr:has(a[href="/services/${service}"]) a.unresolved`).waitFor();
    await page.locator(`a[href="/services/${service}"]`).first().click();
    await page.locator(".incident-row").getByText(title).waitFor();
    await page.locator(`a[href="/on-call/${team}"]`).first().click();
    await page.getByRole("heading", { name: team, level: 1 }).waitFor();
  });

  test.each(devices)("are accessible %s, in the light and in the dark", async (_, options) => {
    const wide = `${"wide".repeat(47)}-צוות`;
    const team = await aTeam(wide);
    const service = `שירות-${"wide".repeat(46)}`;
    const made = await fetch(`${site.platform.url}/api/v1/services/${encodeURIComponent(service)}`, {
      method: "PUT",
      body: JSON.stringify({ team }),
    });
    expect(made.status).toBeLessThan(300);
    await expectAllAccessible(
      site.browser,
      ["/services", `/services/${encodeURIComponent(service)}`, "/services/unknown"],
      options,
    );
  });
});
