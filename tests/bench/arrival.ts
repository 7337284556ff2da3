/** Time from the request with an alert to the arrival of its page at a webhook. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { apiOf } from "../../infra/api-client.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { startPlatform } from "../support/platform/platform.ts";
import { type ProviderServer, startProvider } from "../support/platform/provider-server.ts";
import { quantile, type Row, rounded } from "./report.ts";

const email = "ada@example.com";
/** Alerts before the measured ones, which load and compile the functions' code. */
const warmUps = 100;
/** Time for the rest of an incident's work, such as its timers. */
const restMs = 50;

/** @param count number of incidents, one after the other */
export async function measureArrival(count: number): Promise<Row[]> {
  const webhook = await startProvider();
  const platform = await startPlatform();
  try {
    await pageByWebhook(platform.url, webhook.url);
    const post = (key: string) =>
      apiOf(platform.url)(receiveAlertsContract, {
        body: { service: "bench", severity: "high", message: "Latency above 500 ms", dedup_key: key },
      });
    await timeEach(warmUps, webhook, (index) => post(`warm-up ${index}`));

    const arrivals = await timeEach(count, webhook, (index) => post(`key ${index}`));
    const relayed = await timeRelay(count, webhook);

    const section = `From the request to a webhook (${count} new incidents, one after the other)`;
    return [
      {
        section,
        what: "yardstick: a node:http server that passes it on, p50",
        value: quantile(relayed, 0.5),
        unit: "ms",
      },
      {
        section,
        what: "arrival, p50",
        value: quantile(arrivals, 0.5),
        unit: "ms",
        beside: `fastest ${rounded(Math.min(...arrivals))} ms`,
        aim: { most: 35 },
      },
      { section, what: "arrival, p95", value: quantile(arrivals, 0.95), unit: "ms", aim: { most: 60 } },
    ];
  } finally {
    await platform.stop();
    await webhook.close();
  }
}

/** Puts someone on call who is paged at a webhook. */
async function pageByWebhook(url: string, address: string): Promise<void> {
  const reply = await fetch(`${url}/api/v1/users/${email}`, {
    method: "PUT",
    body: JSON.stringify({
      name: "Ada",
      contact_methods: [{ id: "hook", channel: "webhook", address }],
      notification_rules: [{ contact_method_id: "hook", delay_seconds: 0 }],
    }),
  });
  if (!reply.ok) throw new Error(`PUT user: ${reply.status} ${await reply.text()}`);
  const members = [{ name: "Ada", email, role: "primary" as const }];
  await apiOf(url)(createScheduleContract, { body: { team: "bench", rotation_type: "daily", members } });
}

/** Returns milliseconds from each request to its arrival at the webhook. */
async function timeEach(
  count: number,
  webhook: ProviderServer,
  post: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const { promise: arrival, resolve } = Promise.withResolvers<number>();
    webhook.behave(() => {
      resolve(performance.now());
      return { status: 204 };
    });
    const startedAt = performance.now();
    await post(index);
    times.push((await arrival) - startedAt);
    await delay(restMs);
  }
  return times;
}

/** Yardstick: one process that answers, and posts the body to the webhook. */
async function timeRelay(count: number, webhook: ProviderServer): Promise<number[]> {
  const relay = createServer(async (request, response) => {
    const body = await text(request);
    response.writeHead(202).end();
    await fetch(webhook.url, { method: "POST", body });
  }).listen(0, "127.0.0.1");
  await once(relay, "listening");
  const { port } = relay.address() as AddressInfo;
  const body = JSON.stringify({ service: "bench", severity: "high" });
  const times = await timeEach(count, webhook, () =>
    fetch(`http://127.0.0.1:${port}`, { method: "POST", body }),
  );
  relay.close();
  return times;
}
