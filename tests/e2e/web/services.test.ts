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
    await page.locator(`a[href="/on-call/no-${team}"]`).click();
    await page.getByText("This team has no schedule").waitFor();
    // It is not found until its service is among the known ones.
    site.browser.consoleErrors();
    await page.goBack();

    await page.getByRole("link", { name: "Edit service" }).click();
    await page.getByLabel("Team", { exact: true }).fill(team);
    await page.getByLabel("Auto-resolve after").fill("2 h");
    await page.getByLabel("Acknowledgement timeout").fill("30 min");
    await page.getByRole("button", { name: "Save service" }).click();
    await page.getByText("After 2 hours").waitFor();
    await page.getByText("After 30 minutes").waitFor();
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

  test.each([
    ["with a script", {}],
    ["without one", withoutScript],
  ])("give one links and hours, show errors at their fields, and delete it, %s", async (_, options) => {
    const service = unique("service-").toLowerCase();
    const page = await site.browser.visit("/services", options);
    await page.getByLabel("Service", { exact: true }).fill(service);
    await page.getByLabel("Team", { exact: true }).fill(await aTeam());
    await page.getByLabel("Runbook URL").fill("https://wiki.example.com/runbook");
    await page.getByRole("button", { name: "Save service" }).click();
    const runbook = page.getByRole("link", { name: "Runbook" });
    await runbook.waitFor();
    expect(await runbook.getAttribute("href")).toBe("https://wiki.example.com/runbook");

    await page.getByRole("link", { name: "Edit service" }).click();
    await page.getByLabel("Description").fill("Takes orders.");
    await page.getByRole("button", { name: "Add link" }).click();
    await page.getByLabel("Text of link 1").fill("Dashboard");
    await page.getByLabel("URL of link 1").fill("javascript:alert(1)");
    await page.getByLabel("Urgency of incidents").selectOption("By hours");
    await page.locator("#timezone").fill("Europe/Berlin");
    await page.getByLabel("At other times").selectOption("By severity");
    await page.getByRole("button", { name: "Add hours" }).click();
    await page.getByLabel("Type of hours 2").selectOption("Period");
    await page.getByLabel("First day of hours 2").selectOption("Sat");
    await page.getByLabel("Last day of hours 2").selectOption("Sun");
    await page.getByRole("button", { name: "Save service" }).click();
    const wrong = page.getByLabel("URL of link 1");
    await page.locator("#links\\.0\\.href-fault").getByText("must be a web address").waitFor();
    expect(await wrong.inputValue()).toBe("javascript:alert(1)");
    // Without a script, the refused page is one of its own, as the console says.
    site.browser.consoleErrors();
    await wrong.fill("https://grafana.example.com/d/1");
    await page.getByRole("button", { name: "Save service" }).click();

    await page.getByText("Takes orders.").waitFor();
    const dashboard = page.getByRole("link", { name: "Dashboard" });
    expect(await dashboard.getAttribute("href")).toBe("https://grafana.example.com/d/1");
    await page
      .getByText("Mon–Fri 09:00–17:00, Saturday 09:00 to Sunday 17:00 (Europe/Berlin): high")
      .waitFor();
    await page.getByText("At other times: by severity").waitFor();

    await page.getByRole("link", { name: "Edit service" }).click();
    await page.getByRole("button", { name: "Remove hours 1" }).click();
    await page.getByLabel("Type of hours 2").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Save service" }).click();
    await page.getByText("Saturday 09:00 to Sunday 17:00 (Europe/Berlin): high", { exact: true }).waitFor();

    await page.getByRole("link", { name: "Edit service" }).click();
    await page.locator("summary").filter({ hasText: "Delete service" }).click();
    await page.getByRole("button", { name: "Delete service" }).click();
    await page.getByRole("status").getByText(`Deleted`).waitFor();
    expect(new URL(page.url()).pathname).toBe("/services");
    expect(await page.locator(`a[href="/services/${service}"]`).count()).toBe(0);
  });

  test.each(devices)("are accessible %s, in the light and in the dark", async (_, options) => {
    const wide = `${"wide".repeat(47)}-צוות`;
    const team = await aTeam(wide);
    const service = `שירות-${"wide".repeat(46)}`;
    const made = await fetch(`${site.platform.url}/api/v1/services/${encodeURIComponent(service)}`, {
      method: "PUT",
      body: JSON.stringify({
        team,
        runbook_url: "https://wiki.example.com/runbook",
        links: [{ text: "wide".repeat(25), href: "https://grafana.example.com/d/1" }],
        description: `${"wide".repeat(400)} שירות`,
        urgency: {
          timezone: "Europe/Berlin",
          hours: [{ type: "daily", start: "09:00", end: "17:00" }],
          inside: "high",
          outside: "low",
        },
      }),
    });
    expect(made.status).toBeLessThan(300);
    await expectAllAccessible(
      site.browser,
      [
        "/services",
        `/services/${encodeURIComponent(service)}`,
        `/services/${encodeURIComponent(service)}/edit`,
        "/services/unknown",
      ],
      options,
    );
  });
});
