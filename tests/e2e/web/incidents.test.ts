/** The UI in real Chromium, on the platform that npm start runs. */
import type { Locator } from "playwright-core";
import { expect, test } from "vitest";
import {
  devices,
  expectAccessible,
  expectAllAccessible,
  phone,
  press,
  withoutScript,
} from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { unique } from "../../support/builders.ts";
import { waitFor } from "../../support/platform/platform.ts";
import { post, userOf } from "../platform-user.ts";

describeInChromium("the UI", { own: true }, (site) => {
  /** Sends an alert. @returns the number of its incident */
  async function happen(
    fields: {
      service?: string;
      severity?: string;
      dedup_key?: string;
      message?: string;
      labels?: object;
    } = {},
  ): Promise<number> {
    const message = unique("error rate over 5%, ");
    const dedup_key = unique("key-");
    const alert = { service: unique("service-"), severity: "critical", message, dedup_key, ...fields };
    await post(`${site.platform.url}/api/v1/alerts`, alert);
    let number = 0;
    await waitFor(async () => {
      const all = await userOf(site.platform).incidents({ service: alert.service });
      number = all.find((incident) => incident.dedup_key === alert.dedup_key)?.number ?? 0;
      return number > 0;
    });
    return number;
  }
  const stateOf = async (number: number) =>
    (await fetch(`${site.platform.url}/api/v1/incidents/${number}`)).json() as Promise<
      Record<string, unknown>
    >;
  /** Returns true if the middle of an element is on the screen and nothing covers it. */
  const isInView = (target: Locator) =>
    target.evaluate((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return element.contains(element.ownerDocument.elementFromPoint(left + width / 2, top + height / 2));
    });

  test("teaches the first alert, and shows the incident that comes of it without being loaded again", async () => {
    const page = await site.browser.visit("/");
    const command = await page.locator("#first-alert").textContent();
    expect(command).toContain(`curl ${new URL(site.platform.url).host}/api/v1/alerts`);
    await expectAccessible(page);
    const number = await happen({ labels: { region: "eu-central-1" } });
    await page.locator(`a[href="/incidents/${number}"]`).waitFor();
    await page.locator(`a[href="/incidents/${number}"]`).click();
    // Twice, as one does at three in the morning: the second must not resolve.
    await page.getByRole("button", { name: "Acknowledge", exact: true }).dblclick();
    await page.getByRole("status").getByText(`Acknowledged #${number}.`).waitFor();
    expect(await stateOf(number)).toMatchObject({ status: "acknowledged" });
    await page.locator("summary").getByText("Add note").click();
    await page.getByLabel("Note").fill("rolled back");
    await press(page, "Save note");
    await page.locator(".event-list").getByText("rolled back").waitFor();
    await expect.poll(() => page.getByLabel("Note").inputValue()).toBe("");
    await press(page, "Resolve");
    await page.getByRole("status").getByText(`Resolved #${number}.`).waitFor();
    expect(await page.locator("button[name=response]").count()).toBe(0);
    expect(await stateOf(number)).toMatchObject({ status: "resolved", acknowledged_by: "someone" });
  });

  test("a tab counts open incidents, and notifies of a new one once that is turned on, with a sound", async () => {
    const page = await site.browser.visit("/", { permissions: ["notifications"] });
    // Browser notifications are not visible to the page.
    await page.context().addInitScript(`
      globalThis.shown = [];
      globalThis.Notification = class extends Notification {
        // A browser without windows says that they are denied.
        static permission = "granted";
        constructor(title, options) {
          super(title, options);
          shown.push({ title, ...options });
        }
      };
      globalThis.tones = 0;
      const { start } = OscillatorNode.prototype;
      OscillatorNode.prototype.start = function () {
        tones += 1;
        start.call(this);
      };
    `);
    await page.reload();
    const appear = async () => {
      const message = unique("lost ");
      await happen({ severity: "high", message });
      await page.locator(".row").getByText(message).waitFor();
      return message;
    };
    await appear();
    expect(await page.evaluate("[shown, tones]")).toEqual([[], 0]);
    const badge = `decodeURIComponent(document.querySelector("link[rel=icon]").href).match(/>(\\d+)\\+?<.text>/)?.[1]`;
    await expect
      .poll(() => page.evaluate(`${badge} === String(Math.min(99, parseInt(document.title)))`))
      .toBe(true);

    await press(page, "Play a sound");
    await page.getByRole("button", { name: "Sound is on", pressed: true }).waitFor();
    expect(await page.evaluate("tones")).toBe(1);
    await press(page, "Notify me in this tab");
    await page.getByRole("button", { name: "Notifying in this tab", pressed: true }).waitFor();
    const message = await appear();
    expect(await page.evaluate("shown")).toMatchObject([{ title: expect.stringContaining(message) }]);
    expect(await page.evaluate("tones")).toBe(2);
    await press(page, "Sound is on");
    await press(page, "Notifying in this tab");
    await page.getByRole("button", { name: "Notify me in this tab", pressed: false }).waitFor();
    expect(await page.evaluate("[localStorage.notifications, localStorage.sound]")).toEqual(["off", "off"]);
  });

  test("declares an incident with clicks, once although the button is pressed twice", async () => {
    const page = await site.browser.visit("/");
    const service = unique("declared-");
    await page.getByRole("link", { name: "Declare incident" }).click();
    await page.getByLabel("Title", { exact: true }).fill("Checkout is down");
    await page.getByLabel("Service").fill(service);
    await page.getByLabel("Severity").selectOption("Critical");
    await expectAccessible(page);
    await page.getByRole("button", { name: "Declare incident" }).dblclick();
    await page
      .getByRole("status")
      .getByText(/^Declared incident #\d+ for team/)
      .waitFor();
    await page.getByRole("heading", { name: "Checkout is down" }).waitFor();
    const declared = await userOf(site.platform).incidents({ service });
    expect(declared).toMatchObject([{ title: "Checkout is down", severity: "critical", status: "open" }]);
  });

  test("groups unresolved incidents by severity or service, and saves that as a view", async () => {
    const team = unique("team-");
    const services = [unique("service-"), unique("service-")];
    for (const service of services) {
      await fetch(`${site.platform.url}/api/v1/services/${service}`, {
        method: "PUT",
        body: JSON.stringify({ team }),
      });
      await happen({ service });
      await happen({ service, severity: "low" });
    }
    const page = await site.browser.visit(`/incidents?team=${team}`);
    expect(await page.locator(".incident-group h2").allTextContents()).toEqual(["Critical 2", "Low 2"]);
    await page.getByLabel("Group by").selectOption("Service");
    await press(page, "Search");
    await page.getByText("Save this view").click();
    await page.getByLabel("Name of the view").fill("Ours by service");
    await press(page, "Save view");
    const groups = await page.locator(".incident-group h2").allTextContents();
    expect(groups.toSorted()).toEqual(services.map((service) => `${service} 2`).toSorted());
    await page.goto("/incidents");
    await page.getByRole("link", { name: "Ours by service" }).click();
    expect(await page.locator(".incident-group").count()).toBe(2);
    await press(page, "Delete view Ours by service");
    expect(await page.getByRole("link", { name: "Ours by service" }).count()).toBe(0);
  });

  test("selects many incidents, and acts only on a selection", async () => {
    const service = unique("service-");
    for (let index = 0; index < 4; index += 1) await happen({ service });
    const page = await site.browser.visit(`/incidents?service=${service}`);
    const acknowledge = page.getByRole("button", { name: "Acknowledge", exact: true });
    expect(await acknowledge.isDisabled()).toBe(true);
    const boxes = page.locator("[data-row] input");
    await boxes.nth(0).click();
    await boxes.nth(2).click({ modifiers: ["Shift"] });
    await page.getByText("3 selected").waitFor();
    await page.getByLabel("Select all").check();
    await page.getByText("4 selected").waitFor();
    await page.getByLabel("Select all").uncheck();
    expect(await acknowledge.isDisabled()).toBe(true);
    await page.getByLabel("Select all").check();
    await acknowledge.click();
    await page.getByRole("status").getByText("Acknowledged").waitFor();
    expect(await page.locator(".row.acknowledged").count()).toBe(4);
    expect(await acknowledge.isDisabled()).toBe(true);
  });

  test("moves the focus to the list when an action on a selection has disabled its button", async () => {
    const service = unique("service-");
    for (let index = 0; index < 2; index += 1) await happen({ service });
    const page = await site.browser.visit(`/incidents?service=${service}`);
    const act = async (name: string, result: string) => {
      const row = page.locator("[data-row]").first();
      const number = await row.locator(".number").textContent();
      await row.locator("input").check();
      await page.getByRole("button", { name, exact: true }).press("Enter");
      await page.getByRole("status").getByText(`${result} ${number}.`).waitFor();
    };
    const isFocused = (selector: string) => page.evaluate(`document.activeElement.matches("${selector}")`);
    await act("Acknowledge", "Acknowledged");
    expect(await isFocused("[data-row]:first-child a")).toBe(true);
    await act("Resolve", "Resolved");
    expect(await isFocused("[data-row]:first-child a")).toBe(true);
    await act("Resolve", "Resolved");
    expect(await isFocused("#main")).toBe(true);
  });

  test("shows on a phone the actions on a selection once there is one, and their result wherever one is", async () => {
    const service = unique("service-");
    for (let index = 0; index < 12; index += 1) await happen({ service });
    const page = await site.browser.visit(`/incidents?service=${service}`, phone);
    const actions = page.locator("#respond");
    expect(await actions.isVisible()).toBe(false);
    await page.locator("[data-row] input").last().check();
    expect((await actions.boundingBox())?.height).toBeLessThan(120);
    const depth = await page.evaluate<number>("scrollY");
    expect(depth).toBeGreaterThan(0);
    const result = page.getByRole("status").getByText("Acknowledged");
    await press(page, "Acknowledge");
    await result.waitFor();
    await expect.poll(() => isInView(result)).toBe(true);
    expect(await page.evaluate("scrollY")).toBeGreaterThan(0);
    expect(await actions.isVisible()).toBe(false);
    // It leaves with the next click, and stays at the top of the page.
    await page.locator("[data-row] input").last().check();
    expect(await isInView(result)).toBe(false);
    await page.evaluate("scrollTo(0, 0)");
    expect(await isInView(result)).toBe(true);
  });

  test("works without JavaScript", async () => {
    const number = await happen();
    const page = await site.browser.visit(`/incidents/${number}`, withoutScript);
    await page.getByText("Set your name").click();
    await page.getByLabel("Your name or email").fill("ada@example.com");
    await press(page, "Save name");
    await press(page, "Acknowledge");
    expect(await page.getByRole("status").textContent()).toContain(`Acknowledged #${number}.`);
    expect(await stateOf(number)).toMatchObject({
      status: "acknowledged",
      acknowledged_by: "ada@example.com",
    });
    await page.goto("/incidents?status=acknowledged");
    await page.getByLabel(`Select #${number}`).check();
    await press(page, "Resolve");
    expect(await page.getByRole("status").textContent()).toContain(`Resolved #${number}.`);
    expect(new URL(page.url()).search).toBe("?status=acknowledged");
  });

  test.each([
    ["", {}],
    [" without JavaScript", withoutScript],
  ])("snoozes, unacknowledges and reopens an incident%s", async (_, options) => {
    const number = await happen();
    const page = await site.browser.visit(`/incidents/${number}`, options);
    const say = (text: string) => page.getByRole("status").getByText(text).waitFor();
    const fold = async () => {
      // The fold may still be open.
      await page.goto(`/incidents/${number}`);
      await page.locator("#snooze > summary").click();
    };
    await fold();
    await press(page, "Snooze 1 hour");
    await say(`Snoozed incident #${number} until`);
    await page.locator(".current-status").getByText("Snoozed until").waitFor();
    expect(await page.locator("#snooze").getAttribute("open")).toBeNull();
    await fold();
    await page.getByLabel("Until").fill("2020-01-01T09:00");
    await press(page, "Snooze until this time");
    await page.getByText("must be later than now").waitFor();
    // Without JavaScript, the browser reports the status 422.
    site.browser.consoleErrors();
    await page.goto(`/incidents/${number}`);
    await press(page, "Unacknowledge");
    await say(`Unacknowledged incident #${number}.`);
    await fold();
    await press(page, "Snooze until next working morning");
    await say(`Snoozed incident #${number} until`);
    await page.goto("/incidents");
    await page
      .locator(".incident-row", { hasText: `#${number}` })
      .getByText("Until")
      .waitFor();
    await page.goto(`/incidents/${number}`);
    await press(page, "Resolve");
    await say(`Resolved #${number}.`);
    await press(page, "Reopen");
    await say(`Reopened incident #${number}.`);
    expect(await stateOf(number)).toMatchObject({ status: "open", resolved_at: null, snoozed_until: null });
  });

  test.each([
    ["", {}],
    [" without JavaScript", withoutScript],
  ])("edits, moves and merges an incident, and requests responders%s", async (_, options) => {
    const [number, target] = [await happen(), await happen()];
    const page = await site.browser.visit(`/incidents/${number}`, options);
    const say = (text: string) => page.getByRole("status").getByText(text).waitFor();
    await page.locator("#edit > summary").click();
    await page.getByLabel("Urgency").selectOption("low");
    await page.getByLabel("Description").fill("since the deployment");
    await press(page, "Save incident");
    await say(`Saved incident #${number}.`);
    await page.goto(`/incidents/${number}/responders`);
    await press(page, "Request responders");
    await page.getByText("is required unless a person or a team is selected").waitFor();
    // Without JavaScript, the browser reports the status 422.
    site.browser.consoleErrors();
    await page.getByLabel("Another person").fill("Eva <eva@example.com>");
    await page.getByLabel("Message").fill("Do you know this?");
    await press(page, "Request responders");
    await say("Requested responders.");
    await page.getByRole("region", { name: "Responders" }).getByText("eva@example.com").waitFor();
    await page.getByRole("link", { name: "Move", exact: true }).click();
    await page.getByLabel("Service").fill(`elsewhere ${number}`);
    await press(page, "Move incident");
    await say(`#${number} belongs to`);
    await page.getByRole("link", { name: "Merge", exact: true }).click();
    await page.getByLabel("Number, title, service or team").fill(`#${target}`);
    await press(page, "Search incidents");
    await press(page, `Merge into #${target}`);
    await say(`Merged #${number} into #${target}.`);
    await page.goto(`/incidents/${number}`);
    await page.getByRole("link", { name: `incident #${target}` }).waitFor();
    expect(await stateOf(number)).toMatchObject({
      status: "resolved",
      urgency: "low",
      description: "since the deployment",
      service: `elsewhere ${number}`,
    });
  });

  test("reports who was faster", async () => {
    const number = await happen();
    const page = await site.browser.visit(`/incidents/${number}`);
    await page.evaluate("document.getElementById('main').dataset.every = '600'");
    await fetch(`${site.platform.url}/api/v1/incidents/${number}/resolve`, {
      method: "PATCH",
      body: JSON.stringify({ actor: "bob" }),
    });
    await press(page, "Acknowledge");
    const said = await page.getByRole("status").getByText(`#${number} was resolved`).textContent();
    expect(said).toMatch(/by .bob. (just now|\d+ seconds? ago) and can no longer be acknowledged/);
  });

  test("keeps input while updates arrive", async () => {
    const number = await happen({ labels: { region: "eu" } });
    const page = await site.browser.visit(`/incidents/${number}`);
    await page.locator("summary").getByText("Add note").click();
    await page.getByLabel("Note").fill("half a sent");
    await page.getByText("Assign", { exact: true }).first().click();
    await page.getByLabel("Note").focus();
    const before = await page.locator("#main").getAttribute("data-now");
    await waitFor(async () => (await page.locator("#main").getAttribute("data-now")) !== before, 15_000);
    expect(await page.getByLabel("Note").inputValue()).toBe("half a sent");
    expect(await page.locator("#assign").getAttribute("open")).not.toBeNull();
    await page.keyboard.type("ence");
    expect(await page.getByLabel("Note").inputValue()).toBe("half a sentence");
  });

  test("is driven by keys alone", async () => {
    const service = unique("service-");
    const numbers = [await happen({ service, dedup_key: "a" }), await happen({ service, dedup_key: "b" })];
    const page = await site.browser.visit(`/incidents?service=${service}`);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.getByText("2 selected").waitFor();
    await page.keyboard.press("a");
    await page.getByRole("status").getByText("Acknowledged").waitFor();
    expect(await page.locator(".row.acknowledged").count()).toBe(numbers.length);
    await page.keyboard.press("k");
    await page.keyboard.press("r");
    await page.getByRole("status").getByText("Resolved").waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type(service.toUpperCase());
    await page.locator("#search-found").getByRole("link", { name: service }).first().waitFor();
    await page.keyboard.press("Escape");
    await page.evaluate("document.activeElement.blur()");
    await page.keyboard.press("Control+k");
    await page.keyboard.type(`#${numbers[0]}`);
    await page
      .locator("#search-found")
      .getByRole("link", { name: `#${numbers[0]}` })
      .waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL(`**/incidents/${numbers[0]}`);
    await page.goBack();
    await page.keyboard.press("?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.locator("#identity > summary").press("Enter");
    await page.getByLabel("Time zone").press("Escape");
    expect(await page.locator("#identity").getAttribute("open")).toBeNull();
    expect(await page.evaluate("document.activeElement.matches('#identity > summary')")).toBe(true);
    await page.keyboard.press("?");
    await page.getByLabel("Enable keyboard shortcuts").uncheck();
    await press(page, "Close");
    await page.keyboard.press("j");
    expect(await page.evaluate("document.activeElement.closest('[data-row]')")).toBeNull();
  });

  test("says since when it is stale, and when it no longer is", async () => {
    const page = await site.browser.visit("/incidents");
    await page.route("**/incidents", (route) => route.abort());
    const stale = page.getByText(/Last updated at \d\d:\d\d:\d\d UTC/);
    await stale.waitFor();
    await page.unroute("**/incidents");
    await stale.waitFor({ state: "hidden", timeout: 30_000 });
    expect(site.browser.consoleErrors().join()).toContain("ERR_FAILED");
  });

  test.each(devices)("is accessible %s, in the light and in the dark", async (_, options) => {
    const number = await happen({ message: unique(`${"wide".repeat(50)} \u202Eevil `), labels: { a: "b" } });
    await expectAllAccessible(
      site.browser,
      ["/", "/incidents", `/incidents/${number}`, "/sign-in", "/incidents/0"],
      options,
    );
    // The page of a missing resource.
    site.browser.consoleErrors();
  });

  test("has buttons on a phone that a thumb finds", async () => {
    const page = await site.browser.visit(`/incidents/${await happen()}`, phone);
    for (const name of ["Acknowledge", "Resolve"]) {
      const box = await page.getByRole("button", { name, exact: true }).boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.width).toBeGreaterThanOrEqual(120);
    }
  });
});
