/** The editors of schedules and escalation policies in real Chromium, on the platform that npm start runs. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  devices,
  expectAccessible,
  expectAccessibleInBothSchemes,
  press,
  withoutScript,
} from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { unique } from "../../support/builders.ts";
import { waitFor } from "../../support/platform/platform.ts";
import { post } from "../platform-user.ts";

describeInChromium("the editors", (site) => {
  const scheduleOf = async (team: string) =>
    (await fetch(`${site.platform.url}/api/v1/schedules/${team}`)).json() as Promise<Record<string, unknown>>;
  const policyOf = async (team: string) =>
    (await fetch(`${site.platform.url}/api/v1/teams/${team}/escalation-policy`)).json() as Promise<
      Record<string, unknown>
    >;
  async function aTeam(): Promise<string> {
    const team = unique("team-");
    const member = { name: "Ada", email: "ada@example.com" };
    const rotation = { unit: "week", length: 1, starts_on: "2026-01-05" };
    const layers = [{ name: "All", role: "primary", rotation, members: [member] }];
    await post(`${site.platform.url}/api/v1/schedules`, { team, timezone: "Europe/Berlin", layers });
    return team;
  }
  const preview = (page: Page) => page.locator("#preview");

  test("make a schedule whose shifts are seen while it is typed", async () => {
    const team = unique("team-");
    const bob = `${unique("bob-").toLowerCase()}@example.com`;
    await fetch(`${site.platform.url}/api/v1/users/${bob}`, {
      method: "PUT",
      body: JSON.stringify({ name: "Bob" }),
    });
    const page = await site.browser.visit("/on-call/new");
    // A known person is suggested by name, once the function of pages reads the users again.
    const suggested = page.locator(`#people option[value="Bob <${bob}>"]`);
    await waitFor(
      async () => {
        await page.goto("/on-call/new");
        return (await suggested.count()) === 1;
      },
      20_000,
      500,
    );
    await page.getByLabel("Team", { exact: true }).fill(team);
    await page.getByLabel("Member 1", { exact: true }).pressSequentially("Ada <ada@example.com>");
    await preview(page).getByText("Ada").first().waitFor();
    expect(await page.getByLabel("Member 1", { exact: true }).inputValue()).toBe("Ada <ada@example.com>");
    // A field is heard from when it has settled.
    const settled = page.evaluate(
      "new Promise((resolve) => document.addEventListener('htmx:afterSettle', () => resolve(), { once: true }))",
    );
    await press(page, "Add member");
    await settled;
    await page.getByLabel("Member 2", { exact: true }).fill(`Bob <${bob}>`);
    expect(await page.evaluate("document.activeElement.id")).toBe("members.1.person");
    await preview(page).getByText("Bob").first().waitFor();
    await press(page, "Move member 2 up");
    await expect.poll(() => page.getByLabel("Member 1", { exact: true }).inputValue()).toBe(`Bob <${bob}>`);
    await expect.poll(() => page.evaluate("document.activeElement.id")).toBe("up:members.0");
    await press(page, "Create schedule");
    await page.waitForURL(`**/on-call/${team}`);
    expect(await scheduleOf(team)).toMatchObject({
      rotation_type: "weekly",
      members: [{ name: "Bob" }, { name: "Ada" }],
    });
  });

  test("work without JavaScript, and lose nothing that was typed", async () => {
    const team = await aTeam();
    const page = await site.browser.visit(`/on-call/${team}/schedule`, withoutScript);
    await page.getByLabel("Name", { exact: true }).fill("Days");
    await press(page, "Add restriction");
    await press(page, "Add member");
    await page.getByLabel("Member 2", { exact: true }).fill("Bob");
    await page.getByLabel("Member 2", { exact: true }).press("Enter");
    expect(await page.locator("#faults").textContent()).toContain("Layer 1, member 2, person");
    expect(site.browser.consoleErrors().join()).toContain("422");
    await page.getByLabel("Member 2", { exact: true }).fill("Bob <bob@example.com>");
    await press(page, "Preview");
    expect(await preview(page).textContent()).toContain("No one");
    await press(page, "Save schedule");
    expect(await scheduleOf(team)).toMatchObject({
      layers: [
        {
          name: "Days",
          members: [{ name: "Ada" }, { name: "Bob" }],
          restrictions: [{ type: "daily", start: "09:00", end: "17:00" }],
        },
      ],
    });
  });

  test("report a conflict, and show both versions", async () => {
    const team = await aTeam();
    const page = await site.browser.visit(`/on-call/${team}/schedule`);
    await page.locator("#timezone").fill("Asia/Tokyo");
    await fetch(`${site.platform.url}/api/v1/schedules/${team}`, {
      method: "PATCH",
      body: JSON.stringify({ timezone: "America/New_York" }),
    });
    await press(page, "Save schedule");
    const said = page.getByRole("alert").filter({ hasText: "Not saved" });
    await said.waitFor();
    for (const zone of ["Times in Asia/Tokyo", "Times in America/New_York"]) {
      expect(await said.locator("mark").allTextContents()).toContain(zone);
    }
    await expectAccessible(page);
    await press(page, "Overwrite with my version");
    await page.waitForURL(`**/on-call/${team}`);
    expect(await scheduleOf(team)).toMatchObject({ timezone: "Asia/Tokyo" });
  });

  test("create a policy from the default, with a live preview", async () => {
    const team = await aTeam();
    const page = await site.browser.visit(`/on-call/${team}/policy`);
    await page.getByText("This team uses the default policy").waitFor();
    await preview(page).getByText("Ada").first().waitFor();
    await preview(page).getByText("Steps without anyone on call are skipped").waitFor();
    await page.getByLabel("Minutes until the next step").first().fill("15");
    await page.getByLabel("Type of target 1 of step 2").selectOption("user");
    await page.getByLabel("Person of target 1 of step 2").fill("Bob <bob@example.com>");
    await preview(page).getByText("bob@example.com is paged").waitFor();
    expect(await preview(page).textContent()).toContain("After 15 minutes");
    await press(page, "Save policy");
    await page.waitForURL(`**/on-call/${team}`);
    expect(await policyOf(team)).toMatchObject({
      rules: [{ delay_seconds: 900 }, { targets: [{ type: "user", email: "bob@example.com" }] }],
    });
  });

  test.each(devices)("are accessible %s, in the light and in the dark", async (_, options) => {
    const team = await aTeam();
    const page = await site.browser.visit("about:blank", options);
    for (const path of ["/on-call/new", `/on-call/${team}/schedule`, `/on-call/${team}/policy`]) {
      await page.goto(path);
      const rows = page.locator("#editor .rows li");
      const left = (await rows.count()) - 1;
      await page
        .getByRole("button", { name: /^Remove (member|target) 1/ })
        .first()
        .click();
      await expect.poll(() => rows.count()).toBe(left);
      await page.getByRole("button", { name: /^(Create|Save)/ }).click();
      await page.locator("#faults:focus").waitFor();
      await expectAccessibleInBothSchemes(page);
    }
  });
});
