/** The settings in real Chromium, on the platform that npm start runs. */
import { expect, test } from "vitest";
import {
  desktop,
  devices,
  expectAccessible,
  expectAllAccessible,
  phone,
  withoutScript,
} from "../../support/browser/browser.ts";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { unique } from "../../support/builders.ts";
import { waitFor } from "../../support/platform/platform.ts";
import { startProvider } from "../../support/platform/provider-server.ts";

describeInChromium("the settings", (site) => {
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is what a test is about
  const read = async (path: string): Promise<any> => (await fetch(site.platform.url + path)).json();
  const put = (path: string, body: object) =>
    fetch(site.platform.url + path, { method: "PUT", body: JSON.stringify(body) });
  const newEmail = () => `${unique("ada-").toLowerCase()}@example.com`;

  test("lead a user from their name to a test message that arrives", async () => {
    const email = newEmail();
    const page = await site.browser.visit("/settings/users");
    await page.getByLabel("Email", { exact: true }).fill(email);
    await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
    await page.getByRole("button", { name: "Add user", exact: true }).click();
    await page.getByRole("heading", { name: "Ada Lovelace" }).waitFor();
    await page.getByLabel("Channel").selectOption("console");
    await page.getByLabel("Address").fill("the console");
    await page.getByRole("button", { name: "Add contact method", exact: true }).click();
    await page.getByText("Added a contact method.").waitFor();
    expect(await page.getByLabel("Address").inputValue()).toBe("");
    await page.getByRole("button", { name: "Send test" }).click();
    await page.getByText("Sending a test message").waitFor();
    await waitFor(async () => {
      const { notifications } = await read(`/api/v1/notifications?recipient=${email}`);
      return notifications[0]?.status === "sent";
    });
    await page.getByLabel("Use", { exact: true }).first().selectOption("console");
    await page.getByLabel("after", { exact: true }).first().fill("2 min");
    await page.getByRole("button", { name: "Save rules", exact: true }).click();
    await page.getByText("Saved the notification rules.").waitFor();
    const low = page.locator("section", {
      has: page.getByRole("heading", { name: "Rules for low urgency" }),
    });
    await low.getByLabel("Use", { exact: true }).first().selectOption("console");
    await low.getByRole("button", { name: "Save low-urgency rules" }).click();
    await page.getByText("Saved the rules for low urgency.").waitFor();
    expect((await read(`/api/v1/users/${email}`)).low_urgency_rules).toEqual([
      { contact_method_id: "console", delay_seconds: 0 },
    ]);
    expect((await read(`/api/v1/users/${email}`)).notification_rules).toEqual([
      { contact_method_id: "console", delay_seconds: 120 },
    ]);
  });

  test("keep invalid input, and explain the error", async () => {
    const email = newEmail();
    await put(`/api/v1/users/${email}`, { name: "Ada" });
    const page = await site.browser.visit(`/settings/users/${email}`);
    await page.getByLabel("Channel").selectOption("sms");
    await page.getByLabel("Address").fill("at home");
    await page.getByRole("button", { name: "Add contact method", exact: true }).click();
    await page.getByText("must be a phone number like +4915112345678").waitFor();
    expect(await page.getByLabel("Address").inputValue()).toBe("at home");
    expect(site.browser.consoleErrors().join()).toContain("422");
  });

  test("work without JavaScript, and show a new key once", async () => {
    const service = unique("service-").toLowerCase();
    const page = await site.browser.visit("/services", withoutScript);
    await page.getByLabel("Service", { exact: true }).fill(service);
    await page.getByLabel("Team", { exact: true }).fill("payments");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").getByText("belongs to").waitFor();
    await page.getByRole("link", { name: "Settings" }).click();
    await page.getByRole("link", { name: "API keys" }).click();
    await page.getByLabel("Name", { exact: true }).fill("prometheus");
    await page.getByLabel("ingest").check();
    await page.getByRole("button", { name: "Create API key" }).click();
    expect(await page.locator("#new-key").textContent()).toMatch(/^ipk_[\w-]{43}$/);
    await page.getByRole("link", { name: "Audit log" }).click();
    await page.getByText("prometheus").first().waitFor();
    await page.goto("/settings/keys");
    expect(await page.locator("#new-key").count()).toBe(0);
    expect(await page.getByText("prometheus").count()).toBeGreaterThan(0);
  });

  test("let a monitoring system in: created, tested, edited, rotated and deleted", async () => {
    const list = await site.browser.visit("/settings/integrations");
    const name = unique("disks ");
    await list.getByLabel("Name", { exact: true }).fill(name);
    await list.getByLabel("Type").selectOption("Generic JSON");
    await list.getByLabel("Service", { exact: true }).fill(unique("disks-").toLowerCase());
    await list.getByRole("button", { name: "Create integration" }).click();
    await list.getByText("Waiting for first event").waitFor();
    const url = (await list.locator("#integration-url").textContent()) ?? "";
    expect(url).toMatch(/\/integrations\/[0-9a-f]{32}$/);

    const page = await site.browser.visit("/settings/integrations");
    await page.getByRole("link", { name, exact: true }).click();
    await page.getByRole("button", { name: "Send test event" }).click();
    await page.getByText("Opened an incident:").waitFor();
    expect(await page.locator("#new-key").count()).toBe(0);
    await page.getByText("1 event", { exact: false }).waitFor();
    await page.getByRole("link", { name: "Test event: Disk is 93 % full", exact: true }).click();
    await page.getByRole("heading", { name: /Test event: Disk is 93 % full/ }).waitFor();
    await page.goBack();

    await page.getByLabel("Mapping").fill("message = $.alert.text");
    await page.getByRole("button", { name: "Save integration" }).click();
    await page.getByText("Saved integration").waitFor();
    const event = await fetch(url, { method: "POST", body: JSON.stringify({ alert: { text: "Mapped" } }) });
    expect(event.status).toBe(202);
    await page.getByLabel("Mapping").fill("nonsense");
    await page.getByRole("button", { name: "Save integration" }).click();
    await page.locator('[id="change-integration-settings.mapping-fault"]').waitFor();
    expect(await page.getByLabel("Mapping").inputValue()).toBe("nonsense");
    expect(site.browser.consoleErrors().join()).toContain("422");

    await page.getByText("Rotate or delete").click();
    await page.getByRole("button", { name: "Rotate key" }).click();
    const key = (await page.locator("#new-key").textContent()) ?? "";
    expect(url).not.toContain(key);
    await page.getByRole("button", { name: "Delete integration" }).click();
    await page.getByText("Its key stops working within ten seconds.").waitFor();
    expect(await page.getByRole("link", { name, exact: true }).count()).toBe(0);
  });

  test.each([
    ["with a script", {}],
    ["without one", withoutScript],
  ])("send incidents to a webhook, replay a delivery, rotate and delete it, %s", async (_, options) => {
    const receiver = await startProvider();
    const team = unique("team-").toLowerCase();
    const page = await site.browser.visit("/settings/webhooks", options);
    await page.getByLabel("Team", { exact: true }).fill(team);
    await page.getByLabel("URL", { exact: true }).fill(`${receiver.url}/hook`);
    await page.getByRole("button", { name: "Create webhook" }).click();
    const secret = (await page.locator("#new-secret").textContent()) ?? "";
    expect(secret).toMatch(/^whsec_/);

    await page.getByRole("button", { name: "Send test delivery" }).click();
    // Reloading earlier would create the webhook again.
    await page.getByText("Sending a test delivery.").waitFor();
    const delivered = page.locator(".item", { hasText: "Response: 200" });
    await waitFor(async () => {
      if (options === withoutScript) await page.reload();
      return (await delivered.count()) === 1;
    });
    await delivered.getByRole("button", { name: /Replay delivery/ }).click();
    await page.getByText("Sending the delivery again.").waitFor();
    await waitFor(async () => {
      if (options === withoutScript) await page.reload();
      return (await delivered.count()) === 2;
    });
    const ids = receiver.requests.map(({ headers }) => headers["webhook-id"]);
    expect(ids).toEqual([ids[0], ids[0]]);

    await page.getByRole("textbox", { name: "Description" }).fill("Tickets");
    await page.getByRole("button", { name: "Save webhook" }).click();
    await page.getByText("Saved the webhook.").waitFor();
    await page.getByText("Rotate or delete").click();
    await page.getByRole("button", { name: "Rotate secret" }).click();
    await page.getByText("Rotated the signing secret").waitFor();
    expect(await page.locator("#new-secret").textContent()).not.toBe(secret);
    // Our script leaves the fold open.
    if (options === withoutScript) await page.getByText("Rotate or delete").click();
    await page.getByRole("button", { name: "Delete webhook" }).click();
    await page.getByText("Deleted the webhook.").waitFor();
    await page.getByText("has no webhooks yet").waitFor();
    await receiver.close();
  });

  test("show channels with what they lack, and send a test notification", async () => {
    const page = await site.browser.visit("/settings/channels");
    await page.getByRole("row", { name: /SMS Not configured Set TWILIO_ACCOUNT_SID/ }).waitFor();
    await page.getByLabel("Channel").selectOption("sms");
    await page.getByLabel("Address").fill("home");
    await page.getByRole("button", { name: "Send test notification" }).click();
    await page.getByText("must be a phone number like +4915112345678").waitFor();
    expect(site.browser.consoleErrors().join()).toContain("422");
    await page.getByLabel("Address").fill("+4915112345678");
    await page.getByRole("button", { name: "Send test notification" }).click();
    await page.getByText("printed to the console").first().waitFor();
  });

  test("copy a new key, and take it back, by keys alone", async () => {
    const page = await site.browser.visit("/settings/keys", {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const name = unique("key ");
    await page.getByLabel("Name", { exact: true }).focus();
    await page.keyboard.type(name);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    const key = await page.locator("#new-key").textContent();
    await page.getByRole("button", { name: "Copy" }).press("Enter");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(key);
    const item = page.locator(".item", { hasText: name });
    await item.getByText("Rotate or revoke").press("Enter");
    await item.getByRole("button", { name: "Revoke key" }).press("Enter");
    await page.getByText("It stops working within ten seconds").waitFor();
    expect(await page.locator("#new-key").count()).toBe(0);
  });

  test.each(devices)("are accessible %s, in the light and in the dark", async (_, options) => {
    const [email, team] = [newEmail(), "wide".repeat(50)];
    const contact_methods = [
      { id: "hook", channel: "webhook", address: `https://example.com/${"wide".repeat(100)}` },
      { id: "\u202Eevil", channel: "console", address: "here" },
    ];
    const notification_rules = [{ contact_method_id: "hook", delay_seconds: 90 }];
    await put(`/api/v1/users/${email}`, { name: "wide".repeat(50), contact_methods, notification_rules });
    await put(`/api/v1/services/${"wide".repeat(40)}`, { team, auto_resolve_seconds: 86_400 });
    await put(`/api/v1/teams/${team}/channels`, { channels: contact_methods });
    const wide = { name: "wide".repeat(30), type: "pagerduty", service: "wide".repeat(40) };
    const made = await fetch(`${site.platform.url}/api/v1/integrations`, {
      method: "POST",
      body: JSON.stringify(wide),
    });
    const { id } = (await made.json()) as { id: string };
    const integration = `/integrations/${id}`;
    const hook = { url: `https://example.com/${"wide".repeat(100)}`, description: "wide".repeat(100) };
    const hooked = await fetch(`${site.platform.url}/api/v1/teams/${team}/webhooks`, {
      method: "POST",
      body: JSON.stringify(hook),
    });
    const webhook = `/webhooks/${team}/${((await hooked.json()) as { id: string }).id}`;
    const own = [
      "/users",
      `/users/${email}`,
      "/channels",
      `/channels?team=${team}`,
      "/webhooks",
      webhook,
      "/system",
    ];
    const paths = [...own, "/integrations", integration, "/keys", "/audit"];
    await expectAllAccessible(
      site.browser,
      ["/services", ...paths.map((path) => `/settings${path}`)],
      options,
    );
  });

  test.each([
    ["with a script", {}],
    ["without one", withoutScript],
  ])("show what is wrong at its field and keep the rest, %s", async (_, options) => {
    const service = unique("checkout-").toLowerCase();
    await put(`/api/v1/services/${service}`, { team: "search" });
    const page = await site.browser.visit(`/services/${service}/edit`, options);
    await page.getByLabel("Team", { exact: true }).fill("payments");
    const wrong = page.getByLabel("Auto-resolve after");
    await wrong.fill("soon");
    await page.getByRole("button", { name: "Save service" }).click();
    await page.locator("#auto_resolve-fault").getByText("must be a duration").waitFor();
    expect(await wrong.getAttribute("aria-invalid")).toBe("true");
    expect(await wrong.inputValue()).toBe("soon");
    expect(await page.getByLabel("Team", { exact: true }).inputValue()).toBe("payments");
    // With a script, the refused form is redrawn in its page.
    if (options === withoutScript) expect(site.browser.consoleErrors().join()).toContain("422");
    expect((await read(`/api/v1/services/${service}`)).team).toBe("search");
    await wrong.fill("30 min");
    await page.getByRole("button", { name: "Save service" }).click();
    await page.getByRole("status").getByText("Saved").waitFor();
    await page.getByText("After 30 minutes").waitFor();
    expect((await read(`/api/v1/services/${service}`)).team).toBe("payments");
  });

  test("and everything else have a page for unknown addresses", async () => {
    const page = await site.browser.visit("/settings/nowhere", phone);
    await page.getByRole("heading", { name: "Not found" }).waitFor();
    await expectAccessible(page);
    await page.setViewportSize(desktop.viewport);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Settings" }).click();
    await page.getByRole("heading", { name: "Integrations" }).waitFor();
    expect(site.browser.consoleErrors().join()).toContain("404");
    const answer = await fetch(`${site.platform.url}/nowhere`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([404, "application/problem+json"]);
  });
});
