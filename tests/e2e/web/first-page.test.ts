/** The way from an empty platform to a paged person in real Chromium, by clicks only. */
import { expect, test } from "vitest";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";

describeInChromium("an empty platform", { own: true }, (site) => {
  test("leads with clicks from its checklist to a paged person and a resolved incident", async () => {
    const page = await site.browser.visit("/");
    const home = () => page.getByRole("link", { name: "Home", exact: true }).click();

    await page.getByRole("link", { name: "Add a person" }).click();
    await page.getByLabel("Email", { exact: true }).fill("ada@example.com");
    await page.getByLabel("Name", { exact: true }).fill("Ada Lovelace");
    await page.getByRole("button", { name: "Add user", exact: true }).click();
    await page.getByRole("heading", { name: "Ada Lovelace" }).waitFor();
    await page.getByLabel("Channel").selectOption("console");
    await page.getByLabel("Address").fill("the console");
    await page.getByRole("button", { name: "Add contact method", exact: true }).click();
    await page.getByText("Added a contact method.").waitFor();

    await home();
    await page.getByRole("link", { name: "Create an on-call schedule" }).click();
    await page.getByLabel("Team", { exact: true }).fill("payments");
    // The person is one of the list, and is not typed again.
    const suggested = page.locator("#people option");
    await page.getByLabel("Member 1", { exact: true }).fill((await suggested.getAttribute("value")) ?? "");
    await page.locator("#preview").getByText("Ada Lovelace").first().waitFor();
    await page.getByRole("button", { name: "Create schedule" }).click();
    await page.getByRole("heading", { name: "payments", level: 1 }).waitFor();

    await page.getByRole("link", { name: "Services", exact: true }).first().click();
    await page.getByLabel("Service", { exact: true }).fill("checkout");
    await page.getByLabel("Team", { exact: true }).fill("payments");
    await page.getByRole("button", { name: "Save service" }).click();
    await page.getByRole("heading", { name: "checkout", level: 1 }).waitFor();

    await page.getByRole("link", { name: "Declare incident" }).last().click();
    await page.getByLabel("Title").fill("Checkout is down");
    await page.getByRole("button", { name: "Declare incident" }).click();
    await page.getByRole("heading", { name: "Checkout is down" }).waitFor();
    // The page of the incident follows the delivery by itself.
    await page.locator(".event-list").getByText("Ada Lovelace").first().waitFor();
    await expect
      .poll(async () => {
        const found = await fetch(`${site.platform.url}/api/v1/notifications`);
        const { notifications } = (await found.json()) as { notifications: Record<string, unknown>[] };
        return notifications.map(({ channel, recipient, status }) => ({ channel, recipient, status }));
      })
      .toEqual([{ channel: "console", recipient: "ada@example.com", status: "sent" }]);

    await page.getByRole("button", { name: "Acknowledge", exact: true }).click();
    await page.getByRole("status").getByText("Acknowledged #1.").waitFor();
    await page.getByRole("button", { name: "Resolve", exact: true }).click();
    await page.getByRole("status").getByText("Resolved #1.").waitFor();
    await page.getByRole("link", { name: "Services", exact: true }).first().click();
    await page.getByRole("link", { name: "checkout", exact: true }).click();
    await page.getByText("No unresolved incidents.").waitFor();
  });
});
