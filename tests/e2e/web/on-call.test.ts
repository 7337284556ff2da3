/** The on-call pages in real Chromium, on the platform that npm start runs. */
import type { Page, Route } from "playwright-core";
import { expect, test } from "vitest";
import {
  devices,
  expectAccessible,
  expectAllAccessible,
  phone,
  withoutScript,
} from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { unique } from "../../support/builders.ts";
import { post } from "../platform-user.ts";

describeInChromium("the on-call pages", (site) => {
  /** A team with days, nights and a gap at noon, in a zone whose clocks change. @returns its page */
  async function aTeam(): Promise<string> {
    const team = unique("team-");
    const rotation = { unit: "week", length: 1, handoff_time: "09:00", starts_on: "2026-01-05" };
    const person = (name: string) => ({ name, email: `${name.toLowerCase()}@example.com` });
    const hours = (start: string, end: string) => ({ restrictions: [{ type: "daily", start, end }] });
    const layers = [
      {
        name: "days",
        role: "primary",
        rotation,
        members: [person("Ada"), person("Bob")],
        ...hours("13:00", "22:00"),
      },
      { name: "nights", role: "primary", rotation, members: [person("Cyd")], ...hours("22:00", "12:00") },
      { name: "behind", role: "secondary", rotation, members: [person("Dan")] },
    ];
    const plan = { team, timezone: "Europe/Berlin", rotation_type: "custom", layers };
    expect((await post(`${site.platform.url}/api/v1/schedules`, plan)).status).toBe(201);
    return `/on-call/${team}`;
  }
  async function override(path: string, name: string): Promise<void> {
    const team = path.slice("/on-call/".length);
    const user = { user_name: name, user_email: "stand-in@example.com", duration_hours: 8 };
    expect((await post(`${site.platform.url}/api/v1/oncall/override`, { team, ...user })).status).toBe(201);
  }
  const update = (page: Page) =>
    page.evaluate("document.getElementById('main').dispatchEvent(new Event('refresh'))");
  /** Resolves when the open page has handled the next response. */
  const nextResponse = (page: Page) =>
    page.evaluate(
      "new Promise((done) => document.addEventListener('htmx:afterRequest', () => done(), { once: true }))",
    );
  const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).first().click();
  const primaryOf = (page: Page) => page.locator(".on-duty .figure bdi").first().textContent();

  test("let a user take the next hours, and end the override", async () => {
    const path = await aTeam();
    const page = await site.browser.visit("/on-call");
    await page.locator(`a[href="${path}"]`).first().click();
    await page.getByLabel("Person", { exact: true }).fill("Zoë <zoe@example.com>");
    await page.getByLabel("Duration").selectOption("8");
    await press(page, "Take over");
    await page.getByRole("status").getByText("is primary until").waitFor();
    expect(await primaryOf(page)).toBe("Zoë");
    await press(page, "End the override of Zoë");
    await page.getByRole("status").getByText("Ended the override").waitFor();
    expect(await primaryOf(page)).not.toBe("Zoë");
  });

  test.each([
    ["an update, which leaves it alone", update, 1],
    ["that of another form, which removes it", (page: Page) => press(page, "End the override of Yan"), 0],
  ])("show the result of a form after %s", async (_, arrive, left) => {
    const path = await aTeam();
    await override(path, "Yan");
    await override(path, "Zoë");
    const page = await site.browser.visit(path);
    const form = page.getByRole("button", { name: "End the override of Zoë" });
    let seen: number | undefined;
    const answerLate = async (route: Route) => {
      const response = await route.fetch();
      const arrived = nextResponse(page);
      await arrive(page);
      await arrived;
      seen = await form.count();
      await route.fulfill({ response });
    };
    await page.route("**/overrides/*/end", answerLate, { times: 1 });
    await form.click();
    await page
      .getByRole("status")
      .getByText(/Ended the override of .Zoë/)
      .waitFor();
    expect(seen).toBe(left);
    expect(await form.count()).toBe(0);
  });

  test.each([
    ["with a script", {}],
    ["without one", withoutScript],
  ])("lead from a day in the calendar of all teams to its override, %s", async (_, options) => {
    const path = await aTeam();
    const page = await site.browser.visit("/on-call", options);
    await page.getByRole("link", { name: "Calendar", exact: true }).click();
    await page.getByRole("link", { name: "Month" }).click();
    await page.getByRole("link", { name: "Next", exact: true }).click();
    const ownDays = page.locator(`td a[href^="${path}?"]`);
    while ((await ownDays.count()) === 0) await page.getByRole("link", { name: "More teams" }).click();
    expect(await ownDays.count()).toBeGreaterThanOrEqual(28);
    const href = (await ownDays.nth(9).getAttribute("href")) ?? "";
    const day = new URL(href, site.platform.url).searchParams.get("day");
    await ownDays.nth(9).click();
    expect(await page.getByLabel("From (").inputValue()).toBe(`${day}T00:00`);
    await page.getByLabel("Person to put on call").fill("Zoë <zoe@example.com>");
    await press(page, "Create override");
    await page.locator(".overrides").getByText("Zoë").first().waitFor();

    // The calendar of all teams shows it on that day, and so does the list of the team.
    await page.getByRole("link", { name: "On-call", exact: true }).first().click();
    await page.getByRole("link", { name: "Calendar", exact: true }).click();
    await page.getByRole("link", { name: "Month" }).click();
    await page.getByRole("link", { name: "Next", exact: true }).click();
    const overridden = page.locator(`td a.override[href*="day=${day}"][href^="${path}?"]`);
    while ((await ownDays.count()) === 0) await page.getByRole("link", { name: "More teams" }).click();
    expect(await overridden.getAttribute("title")).toContain("Zoë");
  });

  test.each([
    ["with a script", {}],
    ["without one", withoutScript],
  ])("lead from a day in the list of a team to its override, %s", async (_, options) => {
    const page = await site.browser.visit(await aTeam(), options);
    const day = page.locator("[id^=day-]").nth(9);
    const date = ((await day.getAttribute("id")) ?? "").slice("day-".length);
    await day.getByRole("link").click();
    expect(await page.getByLabel("From (").inputValue()).toBe(`${date}T00:00`);
    await page.getByLabel("Person to put on call").fill("Zoë <zoe@example.com>");
    await press(page, "Create override");
    await page.locator(`#day-${date}`).getByText("Zoë").waitFor();
  });

  test("show errors of an override beside their fields, and keep the rest", async () => {
    const page = await site.browser.visit(await aTeam());
    await page.getByText("New override").click();
    await page.getByLabel("Person to put on call").fill("Zoë <zoe@example.com>");
    await page.getByLabel("From (").fill("2031-03-30T12:00");
    await page.getByLabel("To (").fill("2031-03-30T11:00");
    await page.getByLabel("Reason").fill("dentist");
    await press(page, "Create override");
    await page.getByText("must be after the start").waitFor();
    expect(await page.evaluate("document.activeElement.name")).toBe("to");
    expect(site.browser.consoleErrors().join()).toContain("422");
    expect(await page.getByLabel("Reason").inputValue()).toBe("dentist");
    await expectAccessible(page);
    await page.getByLabel("To (").fill("2031-03-30T18:00");
    await press(page, "Create override");
    await page.getByRole("status").getByText("from Sun 30 Mar 12:00 until Sun 30 Mar 18:00").waitFor();
    expect(await page.locator("[aria-invalid]").count()).toBe(0);
  });

  test("work without JavaScript", async () => {
    const path = await aTeam();
    const page = await site.browser.visit(path, withoutScript);
    await page.getByText("New override").click();
    await page.getByLabel("Person to put on call").fill("nobody at all");
    await press(page, "Create override");
    await page.getByText("must be an email address, or a name").waitFor();
    // The page of what was refused is one, too, as the console says.
    site.browser.consoleErrors();
    await page.getByLabel("Person to put on call").fill("zoe@example.com");
    await press(page, "Create override");
    await page.getByRole("status").getByText("is primary").waitFor();
    expect(new URL(page.url()).pathname).toBe(path);
    await page.getByRole("link", { name: "2 months" }).click();
    expect(await page.locator("[id^=day-]").count()).toBeGreaterThan(56);
    await page.getByRole("link", { name: "Escalation simulation" }).click();
    await press(page, "Simulate");
    await page.getByText("Immediately").waitFor();
  });

  test.each(devices)("are accessible %s, in the light and in the dark", async (_, options) => {
    const path = await aTeam();
    await post(`${site.platform.url}/api/v1/oncall/override`, {
      team: path.slice("/on-call/".length),
      user_name: `${"wide".repeat(50)} \u202Eevil`,
      user_email: "wide@example.com",
      duration_hours: 48,
      reason: "w".repeat(500),
    });
    await expectAllAccessible(
      site.browser,
      [
        "/on-call",
        "/on-call/calendar",
        "/on-call/calendar?range=month",
        path,
        `${path}?from=2027-03-22&span=2-months`,
        "/on-call/simulate?service=x",
      ],
      options,
    );
  });

  test("draw the calendar where there is room, and list it on a phone", async () => {
    const path = `${await aTeam()}?from=2027-03-22`;
    const wide = await site.browser.visit(path);
    expect(await wide.locator(".timeline").isVisible()).toBe(true);
    const bar = await wide.locator(".final foreignObject bdi").first().boundingBox();
    expect(bar?.height).toBeGreaterThan(20);
    const starts = (selector: string) =>
      wide
        .locator(selector)
        .evaluateAll("(all) => all.map((each) => Math.round(each.getBoundingClientRect().x))");
    expect(await starts(".day-labels foreignObject")).toEqual(await starts(".midnight"));
    const small = await site.browser.visit(path, phone);
    expect(await small.locator(".timeline").isVisible()).toBe(false);
    expect(await small.locator("#day-2027-03-28").textContent()).toContain("clocks go forward by 1h");
    expect(await small.locator("#day-2027-03-28 .gap").first().textContent()).toBe("No one");
  });
});
