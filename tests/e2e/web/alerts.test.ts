/** Routing rules, heartbeats and silences in real Chromium, on the platform that npm start runs. */
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
import { post } from "../platform-user.ts";

describeInChromium("the pages about alerts", { own: true }, (site) => {
  // biome-ignore lint/suspicious/noExplicitAny: what comes back is what a test is about
  const read = async (path: string): Promise<any> => (await fetch(site.platform.url + path)).json();
  const rulesOf = async (): Promise<{ name: string }[]> => (await read("/api/v1/routing-rules")).rules;
  const rules = async () => (await rulesOf()).map(({ name }) => name);
  const putRules = (...rules: object[]) =>
    fetch(`${site.platform.url}/api/v1/routing-rules`, { method: "PUT", body: JSON.stringify({ rules }) });

  /** Sends an alert and returns its ID once it is recorded. */
  async function alert(service: string, labels: Record<string, string> = {}): Promise<string> {
    const fields = { service, severity: "low", message: `${service} is slow`, labels };
    const reply = await post(`${site.platform.url}/api/v1/alerts`, fields);
    const { alert_id } = (await reply.json()) as { alert_id: string };
    await waitFor(async () => (await fetch(`${site.platform.url}/api/v1/alerts/${alert_id}`)).ok);
    return alert_id;
  }

  test.each([
    ["", {}],
    [" without JavaScript", withoutScript],
  ])("create, test, edit, reorder and delete routing rules%s", async (_, options) => {
    await putRules();
    const service = unique("noisy-").toLowerCase();
    await alert(service);
    const page = await site.browser.visit("/alerts/routing", options);
    await page.getByText("No routing rules.").waitFor();
    await press(page, "Add rule");
    await page.getByLabel("Name", { exact: true }).fill("Noise");
    await page.getByLabel("Matchers").fill(`service = ${service}`);
    await page.getByLabel("Drop the alerts").check();
    await press(page, "Test rules");
    await page.getByRole("heading", { name: "Test result" }).waitFor();
    await page.locator(".tested").getByText(`${service} is slow`).waitFor();
    await page.locator(".tested").getByText("Dropped").waitFor();
    expect(await rules()).toEqual([]);
    await press(page, "Add rule");
    await page.getByLabel("Name", { exact: true }).fill("Everything else");
    await page.getByLabel("Page team").fill("night");
    await press(page, "Add to list");
    await page.getByRole("button", { name: "Edit Everything else" }).waitFor();
    await press(page, "Save rules");
    await page.getByText("Saved 2 routing rules.").waitFor();
    expect(await rules()).toEqual(["Noise", "Everything else"]);

    await press(page, "Move Everything else up");
    await page.getByText("Unsaved changes").waitFor();
    await press(page, "Edit Noise");
    await page.getByLabel("Drop the alerts").uncheck();
    await page.getByLabel("Move to service").fill("other");
    await page.getByLabel("Set urgency").selectOption("hours");
    await page.locator("#timezone").fill("Europe/Berlin");
    await press(page, "Add hours");
    await press(page, "Remove hours 2");
    await page.locator("#hours li").nth(1).waitFor({ state: "detached" });
    await press(page, "Test rules");
    await page.getByText("Matched nothing: Noise").waitFor();
    await press(page, "Save rules");
    await page.getByText("Saved 2 routing rules.").waitFor();
    expect(await rulesOf()).toMatchObject([
      { name: "Everything else", team: "night" },
      {
        name: "Noise",
        drop: false,
        service: "other",
        urgency: { timezone: "Europe/Berlin", inside: "high", outside: "low" },
      },
    ]);

    await press(page, "Remove Noise");
    await page.getByText("Unsaved changes").waitFor();
    await press(page, "Save rules");
    await page.getByText("Saved 1 routing rule.").waitFor();
    expect(await rules()).toEqual(["Everything else"]);
    await putRules();
  });

  test("keep what was entered in a rule that is invalid, or that someone else changed", async () => {
    await putRules({ name: "mine", team: "day" });
    const page = await site.browser.visit("/alerts/routing", phone);
    // A field that is filled in while the form settles would be reset.
    const settled = page.evaluate(
      "new Promise((resolve) => document.addEventListener('htmx:afterSettle', () => resolve(), { once: true }))",
    );
    await press(page, "Edit mine");
    await settled;
    await page.getByLabel("Matchers").fill("checkout");
    await press(page, "Apply to list");
    await page.getByText("must have lines such as service = checkout, not checkout").first().waitFor();
    expect(await page.getByLabel("Matchers").inputValue()).toBe("checkout");
    await page.getByLabel("Matchers").fill("service = checkout");
    await putRules({ name: "theirs" });
    await press(page, "Save rules");
    await page.getByRole("heading", { name: /changed it/ }).waitFor();
    await page.getByText("theirs").waitFor();
    await expectAccessible(page);
    await press(page, "Overwrite with my version");
    await page.getByText("Saved 1 routing rule.").waitFor();
    expect(await rulesOf()).toMatchObject([{ name: "mine", team: "day" }]);
    await putRules();
  });

  test("create a routing rule and a silence from an alert, whose links open", async () => {
    const service = unique("linked-").toLowerCase();
    const id = await alert(service, { runbook_url: "https://runbooks.example.com/slow", host: "db1" });
    const page = await site.browser.visit(`/alerts/${id}`);
    const runbook = page.getByRole("link", { name: "https://runbooks.example.com/slow" });
    expect(await runbook.getAttribute("rel")).toContain("noopener");
    await page.getByRole("link", { name: "Create routing rule from this alert" }).click();
    expect(await page.getByLabel("Matchers").inputValue()).toContain(`service = ${service}\n`);
    await page.getByRole("link", { name: "Discard changes" }).click();
    await page.goto(`/alerts/${id}`);

    await page.getByRole("link", { name: "Silence similar alerts" }).click();
    await page.getByText("1 of the latest").waitFor();
    await page.getByLabel("Matchers").fill(`service = ${service}`);
    await page.getByText("Repeat every week").click();
    await page.getByLabel("Sun").check();
    await page.locator("#create-silence-timezone").selectOption("Europe/Berlin");
    await press(page, "Preview matches");
    await page.getByRole("heading", { name: "Next active" }).waitFor();
    await page.getByText("ends before its first window").or(page.locator(".periods time")).first().waitFor();
    expect(await page.getByLabel("Sun").isChecked()).toBe(true);
    await page.getByLabel("Sun").uncheck();
    await page.getByLabel("Reason").fill(`Moving ${service}`);
    await press(page, "Create silence");
    await page.getByText("Created the silence.").waitFor();
    await press(page, `Extend 1 h: Moving ${service}`);
    await page.getByText("Extended the silence until").waitFor();
    await press(page, `End: Moving ${service}`);
    await page.getByText("Ended the silence.").waitFor();
    const { silences } = await read("/api/v1/silences");
    expect(silences).toMatchObject([{ comment: `Moving ${service}`, state: "expired" }]);
  });

  test.each([
    ["", {}],
    [" without JavaScript", withoutScript],
  ])("create, ping, miss, pause, resume, rotate and delete a heartbeat%s", async (_, options) => {
    const name = unique("Backup ");
    const page = await site.browser.visit("/alerts/heartbeats/new", options);
    await page.getByLabel("Name", { exact: true }).fill(name);
    await page.getByLabel("Interval").fill("1 h");
    await press(page, "Create heartbeat");
    await page.getByText("must have 1 to 255 characters").or(page.getByText("is required")).first().waitFor();
    expect(await page.getByLabel("Interval").inputValue()).toBe("1 h");
    await page.getByLabel("Service", { exact: true }).fill("ledger");
    await press(page, "Create heartbeat");
    const url = (await page.locator("#url").textContent()) ?? "";
    expect(await page.locator("#cron").textContent()).toBe(
      `0 * * * * curl -fsS -m 10 --retry 3 -o /dev/null ${url}`,
    );
    const [heartbeat] = (await read("/api/v1/heartbeats")).heartbeats;
    expect(heartbeat).toMatchObject({ name, interval_seconds: 3_600, state: "waiting" });
    const path = `/alerts/heartbeats/${heartbeat.id}`;
    await page.goto(path);
    await page.getByText("Waiting for the first ping").waitFor();
    expect(await page.content()).not.toContain(url);
    expect((await fetch(url)).status).toBe(200);
    await page.reload();
    await page.getByText("Healthy").waitFor();
    await page.getByText("Next ping due in").waitFor();

    await page.getByLabel("Interval").fill("1 s");
    await page.getByLabel("Grace").fill("0 s");
    await press(page, "Save heartbeat");
    await page.getByText("Saved the heartbeat").waitFor();
    await waitFor(async () => (await read(`/api/v1/heartbeats/${heartbeat.id}`)).state === "missing");
    await page.goto("/alerts/heartbeats");
    await page.locator(`#${heartbeat.id}`).getByText("Missed").waitFor();
    await press(page, `Pause ${name}`);
    await page.locator(`#${heartbeat.id}`).getByText("Paused").waitFor();
    await press(page, `Resume ${name}`);
    await page.getByRole("status").getByText("Resumed").waitFor();

    await page.getByRole("link", { name }).click();
    await page.getByText("Rotate key", { exact: true }).click();
    await press(page, "Rotate heartbeat key");
    await page.getByText("Copy it now.").waitFor();
    const rotated = (await page.locator("#url").textContent()) ?? "";
    expect(rotated).not.toBe(url);
    expect([(await fetch(url)).status, (await fetch(rotated)).status]).toEqual([404, 200]);
    await page.getByText("Delete heartbeat").first().click();
    await press(page, "Delete heartbeat");
    await page.getByText("Deleted the heartbeat").waitFor();
    expect((await fetch(rotated)).status).toBe(404);
    // The rejected form.
    expect(site.browser.consoleErrors().join()).toContain("422");
  });

  test.each(devices)(
    "are within reach of everybody, %s, in the light and in the dark",
    async (_, options) => {
      await putRules({ name: "one", matchers: [{ field: "service", op: "=", value: "a" }], drop: true });
      await expectAllAccessible(
        site.browser,
        [
          "/alerts",
          "/alerts/routing",
          "/alerts/silences/new",
          "/alerts/heartbeats",
          "/alerts/heartbeats/new",
        ],
        options,
      );
      await putRules();
    },
  );
});
