/**
 * Push from the platform that npm start runs to the service worker of real Chromium. Chromium subscribes to its maker's push
 * service only, so a local one takes the subscription, decrypts the messages and checks their signature, and each message
 * is then given to the service worker as Chromium gives it. Nor does it end a subscription on request, so that the event
 * of a renewal is dispatched in the worker.
 */
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeInChromium } from "../../support/browser/site-in-browser.ts";
import { unique } from "../../support/builders.ts";
import { waitFor } from "../../support/platform/platform.ts";
import { type PushService, startPushService } from "../../support/platform/push-service.ts";

interface Shown {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly actions: readonly string[];
}

const listNotifications = `navigator.serviceWorker.ready
  .then((registration) => registration.getNotifications())
  .then((shown) => shown.map(({ title, body, tag, actions }) => ({
    title, body, tag, actions: actions.map(({ action }) => action),
  })))`;

/** Makes the browser subscribe to the local push service. */
const subscribeTo = (subscription: object) =>
  `PushManager.prototype.subscribe = async () => ({ toJSON: () => (${JSON.stringify(subscription)}) });`;

describeInChromium("push", { notifications: true }, (site) => {
  let service: PushService;
  beforeAll(async () => {
    service = await startPushService();
  });
  afterAll(() => service.close());

  // biome-ignore lint/suspicious/noExplicitAny: what comes back is what a test is about
  async function api(line: string, body?: object): Promise<any> {
    const [method = "GET", path = ""] = line.split(" ");
    const init = { method, ...(body && { body: JSON.stringify(body) }) };
    const response = await fetch(site.platform.url + path, init);
    expect(response.ok, `${line} ${response.status}`).toBe(true);
    return response.json();
  }

  /** A user who has enabled push in a browser, which gets a test message then. */
  async function aPagedUser() {
    const email = `${unique("ada-").toLowerCase()}@example.com`;
    await api(`PUT /api/v1/users/${email}`, { name: "Ada" });
    const { public_key: key } = await api("GET /api/v1/push-key");
    const subscription = await service.subscribe(key);
    const page = await site.browser.visit(`/settings/users/${email}`, { permissions: ["notifications"] });
    await page.evaluate(subscribeTo(subscription));
    await page.getByRole("button", { name: "Enable push in this browser" }).click();
    await page.getByText(/^Enabled push in/).waitFor();
    await waitFor(() => service.messagesTo(subscription).length > 0, 20_000);
    return { email, page, subscription };
  }

  /** Gives the latest message of the push service to the service worker. */
  async function receive(page: Page, text: string): Promise<void> {
    const session = await page.context().newCDPSession(page);
    const registered = new Promise<string>((resolve) => {
      session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
        const [registration] = registrations;
        if (registration) resolve(registration.registrationId);
      });
    });
    await session.send("ServiceWorker.enable");
    const origin = new URL(site.platform.url).origin;
    await session.send("ServiceWorker.deliverPushMessage", {
      origin,
      registrationId: await registered,
      data: text,
    });
    await session.detach();
  }

  const shownIn = (page: Page) => page.evaluate(listNotifications) as Promise<Shown[]>;

  /** The receipt that the service worker renews its subscription with. */
  const receiptIn = (page: Page): Promise<string | null> =>
    page.evaluate(`caches.open("push").then((kept) => kept.match("/receipt"))
      .then((receipt) => receipt?.text() ?? null)`);

  /** Presses a button of the notification, which a test can't reach on the screen. */
  const press = (page: Page, action: string) =>
    page
      .context()
      .serviceWorkers()[0]
      ?.evaluate(`registration.getNotifications().then(([notification]) => {
      dispatchEvent(new NotificationEvent("notificationclick", { notification, action: "${action}" }));
    })`);

  /** Renews the subscription as a browser does that has ended it. @returns the new one */
  async function renew(page: Page) {
    const { public_key: key } = await api("GET /api/v1/push-key");
    const renewed = await service.subscribe(key);
    await page
      .context()
      .serviceWorkers()[0]
      ?.evaluate(
        `${subscribeTo(renewed)}
        dispatchEvent(Object.assign(new ExtendableEvent("pushsubscriptionchange"), {
          oldSubscription: { options: { userVisibleOnly: true } },
        }));`,
      );
    return renewed;
  }

  /** An incident whose page the browser shows. */
  async function aShownPage() {
    const { email, page, subscription } = await aPagedUser();
    const team = unique("team-");
    await api("POST /api/v1/schedules", {
      team,
      rotation_type: "weekly",
      members: [
        { name: "Ada", email, role: "primary" },
        { name: "Bob", email: "bob@example.com", role: "secondary" },
      ],
    });
    const incident = await api("POST /api/v1/incidents", {
      title: "Error rate over 5%",
      service: team,
      team,
      severity: "critical",
    });
    await waitFor(() => service.messagesTo(subscription).length > 1, 20_000);
    await receive(page, service.messagesTo(subscription)[1] ?? "");
    await waitFor(async () => (await shownIn(page)).length > 0);
    return { email, page, subscription, team, incident };
  }

  test("shows a page with its buttons, acknowledges it, and closes it", async () => {
    const { email, page, subscription, team, incident } = await aShownPage();
    expect(await shownIn(page)).toEqual([
      {
        title: `#${incident.number} Error rate over 5%`,
        body: `critical · ${team}`,
        tag: incident.id.slice("inc_".length),
        actions: ["acknowledge", "escalate"],
      },
    ]);
    await waitFor(async () => {
      const { notifications } = await api(
        `GET /api/v1/notifications?incident_id=${incident.id}&channel=push`,
      );
      return notifications[0]?.receipts.some(({ kind }: { kind: string }) => kind === "shown");
    });

    await press(page, "acknowledge");
    await waitFor(async () => (await api(`GET /api/v1/incidents/${incident.id}`)).status === "acknowledged");
    expect((await api(`GET /api/v1/incidents/${incident.id}`)).acknowledged_by).toBe(email);
    await waitFor(async () => (await shownIn(page))[0]?.title.startsWith("Acknowledged: #") ?? false);

    await waitFor(() => service.messagesTo(subscription).length > 2, 20_000);
    await receive(page, service.messagesTo(subscription)[2] ?? "");
    await waitFor(async () => (await shownIn(page)).length === 0);
  });

  test("escalates a page, and closes it when it is acknowledged elsewhere", async () => {
    const { email, page, subscription, incident } = await aShownPage();
    await press(page, "escalate");
    await waitFor(async () => (await shownIn(page))[0]?.title.startsWith("Escalated: #") ?? false);
    expect((await api(`GET /api/v1/incidents/${incident.id}`)).escalation.level).toBe(2);
    await api(`PATCH /api/v1/incidents/${incident.id}/acknowledge`, { actor: "Bob" });
    expect((await api(`GET /api/v1/incidents/${incident.id}`)).acknowledged_by).not.toBe(email);
    await waitFor(() => service.messagesTo(subscription).length > 2, 20_000);
    await receive(page, service.messagesTo(subscription).at(-1) ?? "");
    await waitFor(async () => (await shownIn(page)).length === 0);
  });

  test("follows a browser that renews its subscription twice before the first page", async () => {
    const { page, subscription } = await aPagedUser();
    const sendTest = () => page.getByRole("button", { name: "Send test to all devices" }).click();
    await receive(page, service.messagesTo(subscription)[0] ?? "");
    await waitFor(async () => (await receiptIn(page)) !== null);

    for (let renewals = 0; renewals < 2; renewals++) {
      const receipt = await receiptIn(page);
      const renewed = await renew(page);
      await waitFor(async () => (await receiptIn(page)) !== receipt);
      await sendTest();
      await waitFor(() => service.messagesTo(renewed).length > 0, 20_000);
    }
  });

  test("removes a browser that has unsubscribed, and tells its user", async () => {
    const { email, page, subscription } = await aPagedUser();
    service.expire(subscription);
    await page.getByRole("button", { name: "Send test to all devices" }).click();
    await waitFor(async () => {
      const { notifications } = await api(`GET /api/v1/notifications?recipient=${email}&channel=email`);
      return notifications.some(({ message }: { message: string }) => message.includes("no longer reaches"));
    }, 20_000);
    // The email is sent before the device is removed, so that a crash between the two repeats both.
    await waitFor(async () => {
      await page.reload();
      return (await page.getByRole("button", { name: "Remove device" }).count()) === 0;
    });
  });
});
