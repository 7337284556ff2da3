/** The page of an incident, and that of a link in a message, in real Chromium on the platform that npm start runs. */
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { storedSigningSecret } from "../../../localstack/platform/stored-secrets.ts";
import { type LinkAction, signLink } from "../../../shared/http/tokens/links.ts";
import {
  appearances,
  desktop,
  devices,
  expectAccessible,
  expectAllAccessible,
  phone,
  press,
  withoutScript,
} from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { ada, bob, unique } from "../../support/builders.ts";
import { post } from "../platform-user.ts";

interface Opened {
  readonly id: string;
  readonly number: number;
  readonly team: string;
}

describeInChromium("the page of an incident", (site) => {
  const api = async (path: string, body: object) => {
    const reply = await post(`${site.platform.url}/api/v1${path}`, body);
    const text = await reply.text();
    expect(reply.ok, text).toBe(true);
    return JSON.parse(text);
  };
  /** Opens an incident of a team with Ada and Bob on call. */
  async function open(fields: { title?: string; description?: string } = {}): Promise<Opened> {
    const team = unique("team-");
    const members = [
      { ...ada, role: "primary" },
      { ...bob, role: "secondary" },
    ];
    await api("/schedules", { team, rotation_type: "weekly", members });
    const incident = { title: "Checkout is down", service: team, severity: "critical", team, ...fields };
    return api("/incidents", incident);
  }
  const stateOf = async (number: number) =>
    (await (await fetch(`${site.platform.url}/api/v1/incidents/${number}`)).json()) as Record<
      string,
      unknown
    >;
  const linkTo = ({ id }: Opened, action: LinkAction = "view") => {
    const token = signLink(
      { incidentId: id, action, actor: ada.email },
      storedSigningSecret(site.platform.dataDir),
      Date.now(),
    );
    return `/links/${token}`;
  };
  const unfold = (page: Page, name: string) =>
    page.locator("summary").getByText(name, { exact: true }).click();

  test("edits, assigns, escalates and annotates with clicks", async () => {
    const { number } = await open({ description: "**Since** the deployment" });
    const page = await site.browser.visit(`/incidents/${number}`, desktop);
    await page.getByText("Paged now").waitFor();
    expect(await page.locator("section", { hasText: "Paged now" }).first().textContent()).toMatch(
      /Ada.*\(level 1\).*Next.*Bob.*\(level 2\)/s,
    );
    expect(await page.locator(".markdown strong").textContent()).toBe("Since");
    await unfold(page, "Edit");
    await page.getByLabel("Title", { exact: true }).fill("Checkout is slow");
    await page.getByLabel("Severity").selectOption("High");
    await press(page, "Save incident");
    await page.getByRole("heading", { name: "Checkout is slow" }).waitFor();
    await unfold(page, "Assign");
    await page.getByLabel("Assign to").fill("Bob <bob@example.com>");
    await press(page, "Assign incident");
    await page.getByRole("status").getByText("Assigned to").waitFor();
    await unfold(page, "Escalate");
    await press(page, "Escalate incident");
    await page.getByRole("status").getByText("Paging").waitFor();
    await unfold(page, "Add note");
    await page.getByLabel("Note").fill("see https://example.com/status and `kubectl`");
    await press(page, "Save note");
    const link = page.locator(".event-list .markdown a");
    await link.waitFor();
    expect(await link.getAttribute("rel")).toBe("noopener nofollow");
    await expectAccessible(page);
    await page.emulateMedia({ media: "print" });
    expect(await page.getByRole("navigation", { name: "Main" }).isVisible()).toBe(false);
    expect(await page.getByRole("button", { name: "Acknowledge" }).isVisible()).toBe(false);
    expect(await link.isVisible()).toBe(true);
    await page.emulateMedia({ media: "screen" });
    expect(await stateOf(number)).toMatchObject({
      title: "Checkout is slow",
      severity: "high",
      assigned_to: bob,
    });
    await page.getByRole("link", { name: "Silence similar alerts" }).click();
    expect(await page.getByLabel("Matchers").inputValue()).toContain("service = team-");
  });

  test("shows a rejected title at its field, and works without JavaScript", async () => {
    const { number } = await open();
    const page = await site.browser.visit(`/incidents/${number}`, { ...phone, ...withoutScript });
    await unfold(page, "Edit");
    await page.getByLabel("Title", { exact: true }).fill("   ");
    await press(page, "Save incident");
    await page.locator("#edit .fault").waitFor();
    await page.getByLabel("Title", { exact: true }).fill("Checkout is slow");
    await press(page, "Save incident");
    expect(await page.getByRole("heading", { level: 1 }).textContent()).toContain("Checkout is slow");
    await unfold(page, "Add note");
    await page.getByLabel("Note").fill("rolled back");
    await press(page, "Save note");
    expect(await page.locator(".event-list").textContent()).toContain("rolled back");
    // The rejected form.
    site.browser.consoleErrors();
  });

  test("acknowledges in two taps from a message, without JavaScript, and stays with the incident", async () => {
    const incident = await open();
    for (const [action, options] of [
      ["acknowledge", phone],
      ["view", { ...phone, ...withoutScript }],
    ] as const) {
      const opened = action === "view" ? await open() : incident;
      // The first tap opens the link.
      const page = await site.browser.visit(linkTo(opened, action), options);
      expect((await stateOf(opened.number)).status).toBe("open");
      const button = page.getByRole("button", { name: "Acknowledge incident" });
      const box = await button.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(phone.viewport.height);
      await expectAccessibleWith(page, options);
      await button.tap();
      await page.getByRole("status").getByText(`Incident #${opened.number} is acknowledged.`).waitFor();
      expect(await stateOf(opened.number)).toMatchObject({ status: "acknowledged", assigned_to: ada });
      expect(await page.locator("a[href^='/']").count()).toBe(0);
      await page.getByText("Add note", { exact: true }).first().tap();
      await page.getByLabel("Note").fill("**on it**");
      await press(page, "Add note");
      await page.getByText("Added the note.").waitFor();
      await page.locator(".event-list strong").getByText("on it").waitFor();
      await press(page, "Resolve incident");
      await page.getByText(`Incident #${opened.number} is resolved.`).waitFor();
      expect(await stateOf(opened.number)).toMatchObject({ status: "resolved", resolved_by: ada.email });
    }
  });

  test("of a link is accessible in any appearance, whatever the texts", async () => {
    const hostile = await open({
      title: `${"w".repeat(2_000)} \u202Eevil שלום 🎉`,
      description: "# شرح\n- `x`",
    });
    for (const [, options] of devices)
      await expectAllAccessible(site.browser, [linkTo(hostile), linkTo(hostile, "acknowledge")], options);
  });

  test.each(appearances)(
    "keeps its shape %s with a word of 2,000 characters, Hebrew and emoji",
    async (_, options) => {
      const { number } = await open({
        title: `${"w".repeat(2_000)} \u202Eevil שלום 🎉`,
        description: `\u202Eevil ${"x".repeat(2_000)} **שלום** 🎉`,
      });
      const page = await site.browser.visit(`/incidents/${number}`, options);
      await expectAccessible(page);
      const title = await page.getByRole("heading", { level: 1 }).boundingBox();
      expect(title?.height).toBeLessThan(110);
      const button = await page.getByRole("button", { name: "Acknowledge", exact: true }).boundingBox();
      expect(button?.y).toBeLessThan(700);
      await page.getByText("Show full title").click();
      await expectAccessible(page);
    },
  );

  /** The checks need a script, which a page without one does not run. */
  async function expectAccessibleWith(page: Page, options: object): Promise<void> {
    if (!("javaScriptEnabled" in options)) await expectAccessible(page);
  }
});
