import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { apiOf, type Call } from "../../infra/api-client.ts";
import { listAlertsContract } from "../../shared/contracts/alerts/list-alerts.ts";
import { getNotificationContract } from "../../shared/contracts/notifications/get-notification.ts";
import { minuteMs } from "../../shared/domain/time-units.ts";
import { alertingOn } from "./alerting.ts";
import { type Time, waiterOn } from "./wait-for.ts";

const begunAt = Date.parse("2026-03-02T10:00:00Z");
let close = () => {};
afterEach(() => close());

/** A clock that waiting moves. */
function clock(): Time {
  let now = begunAt;
  return {
    now: () => now,
    wait: async (ms) => {
      now += ms;
    },
  };
}

/** A platform that lists one alert, and nothing else. @param receivedAt of the newest alert it has worked off */
async function platform(receivedAt: () => number | null, status = () => 200) {
  const server = createServer(({ url = "" }, response) => {
    const at = receivedAt();
    const listed = /alerts\?/.test(url) && at !== null ? [alert(at)] : [];
    const name = /v1\/(\w+)/.exec(url)?.[1] ?? "";
    response.writeHead(status()).end(JSON.stringify({ [name]: listed, next_cursor: null }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  close = () => server.close();
  return apiOf(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const alert = (at: number) => ({
  id: "alt_1",
  service: "checkout",
  severity: "high",
  message: "other",
  source: "api",
  labels: {},
  dedup_key: null,
  action: "trigger",
  timestamp: new Date(at).toISOString(),
  received_at: new Date(at).toISOString(),
  incident_id: null,
  outcome: "dropped",
  routing_rules: [],
  suppressed_by: null,
  released_as: null,
});

/** Gets there after so many milliseconds. */
const after = (time: Time, ms: number) => async () => (time.now() - begunAt >= ms ? "there" : undefined);

test("waits for minutes while the platform works off what came before", async () => {
  const time = clock();
  // It works off an alert of a minute ago, and so on, one second of them in two.
  const call = await platform(() => begunAt - 2 * minuteMs + (time.now() - begunAt) / 2);
  await expect(waiterOn(call, time)(after(time, 3 * minuteMs), "an alert")).resolves.toBe("there");
});

test("gives up half a minute after the last progress", async () => {
  const time = clock();
  const call = await platform(() => begunAt - minuteMs + Math.min(time.now() - begunAt, 20_000));
  await expect(waiterOn(call, time)(after(time, 2 * minuteMs), "an alert")).rejects.toThrow(
    /^Timed out after 5[01] s waiting for an alert: processing has stalled$/,
  );
});

test("gives up when what came long afterwards is worked off, and that which is waited for is not", async () => {
  const time = clock();
  const call = await platform(() => time.now());
  await expect(waiterOn(call, time)(after(time, 10 * minuteMs), "an alert")).rejects.toThrow(
    /^Timed out after 6\d s/,
  );
});

test("retries a busy response, and reports it if it persists", async () => {
  const time = clock();
  const busy = { until: 10_000 };
  const call = await platform(
    () => null,
    () => (time.now() - begunAt < busy.until ? 503 : 200),
  );
  const look = async () => {
    await call(listAlertsContract);
    return "there";
  };
  await expect(waiterOn(call, time)(look, "an alert")).resolves.toBe("there");
  busy.until = 10 * minuteMs;
  await expect(waiterOn(call, time)(look, "an alert")).rejects.toThrow(
    /waiting for an alert: GET .* returned 503/,
  );
});

test("a rejected request is not retried", async () => {
  const time = clock();
  const call = await platform(
    () => null,
    () => 403,
  );
  await expect(waiterOn(call, time)(() => call(listAlertsContract), "an alert")).rejects.toThrow(
    "returned 403",
  );
  expect(time.now()).toBe(begunAt);
});

test("reports the last attempts of a page that is never sent", async () => {
  const attempt = { at: "2026-03-02T10:00:01Z", ok: false, detail: "no response: ECONNREFUSED" };
  const page = {
    channel: "email",
    recipient: "ana@example.com",
    status: "queued",
    bundled_into: null,
    attempts: [attempt],
  };
  const time = clock();
  // A fake API: the contract says which request this is.
  const call = (async (_: unknown, { query }: { query: { status?: string } }) => ({
    alerts: [],
    incidents: [],
    notifications: query.status === "sent" ? [] : [page],
  })) as unknown as Call;
  await expect(alertingOn(call, "test", time).pageOf("inc_1")).rejects.toThrow(
    "waiting for a page for inc_1: the page to ana@example.com by email is queued, " +
      "2026-03-02T10:00:01Z no response: ECONNREFUSED",
  );
});

test("waits for a page that shares a message until the message is due, and counts the page once", async () => {
  const time = clock();
  const dueAt = begunAt + minuteMs - 5_000;
  const bundle = { id: "ntf_2", kind: "bundle", bundled_into: null, due_at: new Date(dueAt).toISOString() };
  const page = { id: "ntf_1", kind: "page", recipient: "ana@example.com", bundled_into: bundle.id };
  const listed = () => {
    const status = time.now() > dueAt ? "sent" : "queued";
    return [bundle, page].map((each) => ({ ...each, status }));
  };
  // A fake API: the contract says which request this is.
  const call = (async (contract: unknown, { query }: { query?: { incident_id?: string } }) => {
    if (contract === getNotificationContract) return bundle;
    return { alerts: [], incidents: [], notifications: query?.incident_id ? listed() : [] };
  }) as unknown as Call;
  const alerting = alertingOn(call, "test", time);
  await expect(alerting.pageOf("inc_1")).resolves.toMatchObject({ id: page.id });
  expect(time.now() - dueAt).toBeLessThan(1_000);
  await expect(alerting.pagesOf("inc_1")).resolves.toMatchObject([{ id: page.id }]);
});
