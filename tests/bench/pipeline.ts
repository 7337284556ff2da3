/** Speed from alerts to incidents and pages. */
import { setTimeout as delay } from "node:timers/promises";
import type { SQSClient } from "@aws-sdk/client-sqs";
import { apiOf, type Call } from "../../infra/api-client.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { listIncidentsContract } from "../../shared/contracts/incidents/list-incidents.ts";
import { listNotificationsContract } from "../../shared/contracts/notifications/list-notifications.ts";
import { clients, startPlatform, waitFor } from "../support/platform/platform.ts";
import { isEmpty } from "./queue-depth.ts";
import { quantile, type Row, rounded } from "./report.ts";

const alert = { service: "bench", severity: "high", message: "Latency above 500 ms" };
const waitMs = 90_000;

export interface PipelineOptions {
  readonly pages: number;
  readonly alerts: number;
  readonly keys: number;
  readonly hot: number;
}

export async function measurePipeline(options: PipelineOptions): Promise<Row[]> {
  const platform = await startPlatform();
  const { sqs, dynamodb } = clients(platform.env);
  const call = apiOf(platform.url);
  try {
    return [
      ...(await pageLatency(call, options.pages)),
      ...(await drain(call, sqs, options.alerts, options.keys)),
      ...(await drain(call, sqs, options.hot, 1)),
    ];
  } finally {
    sqs.destroy();
    dynamodb.destroy();
    await platform.stop();
  }
}

async function pageLatency(call: Call, count: number): Promise<Row[]> {
  const latencies: number[] = [];
  // The first ones load the functions' code.
  for (let index = -5; index < count; index += 1) {
    await call(receiveAlertsContract, { body: { ...alert, dedup_key: `page ${index}` } });
    const { incident, page } = await eventually(async () => {
      const [newest] = (await call(listIncidentsContract, { query: { limit: 1 } })).incidents;
      if (newest?.dedup_key !== `page ${index}`) return undefined;
      const query = { incident_id: newest.id, status: "sent" };
      const [sent] = (await call(listNotificationsContract, { query })).notifications;
      return sent && { incident: newest, page: sent };
    });
    if (index >= 0) latencies.push(Date.parse(page.sent_at ?? "") - Date.parse(incident.created_at));
  }
  const section = `From alert to page (${count} incidents, one after the other)`;
  return [
    {
      section,
      what: "received to sent, p50",
      value: quantile(latencies, 0.5),
      unit: "ms",
      aim: { most: 100 },
    },
    {
      section,
      what: "received to sent, p95",
      value: quantile(latencies, 0.95),
      unit: "ms",
      aim: { most: 250 },
    },
  ];
}

async function drain(call: Call, sqs: SQSClient, count: number, keys: number): Promise<Row[]> {
  const startedAt = performance.now();
  const drafts = Array.from({ length: count }, (_, index) => ({
    ...alert,
    dedup_key: `drain ${count} ${keys} ${index % keys}`,
  }));
  for (let from = 0; from < count; from += 100) {
    await call(receiveAlertsContract, { body: drafts.slice(from, from + 100) });
  }
  const accepted = performance.now() - startedAt;
  await waitFor(() => isEmpty(sqs, "alerts.fifo"), waitMs);
  const correlated = performance.now() - startedAt;
  await waitFor(
    async () => (await isEmpty(sqs, "incident-events.fifo")) && (await isEmpty(sqs, "notifications")),
    waitMs,
  );
  const paged = performance.now() - startedAt;
  const section = `Draining ${count} alerts on ${keys} key${keys === 1 ? "" : "s"} (posted by the hundred)`;
  return [
    {
      section,
      what: "correlated",
      value: (count / correlated) * 1_000,
      unit: "alerts/s",
      beside: `all after ${rounded(correlated / 1_000)} s, accepted after ${rounded(accepted / 1_000)} s`,
    },
    { section, what: "until the last page was sent", value: paged / 1_000, unit: "s" },
  ];
}

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + waitMs; Date.now() < deadline; await delay(10)) {
    const found = await look();
    if (found !== undefined) return found;
  }
  throw new Error(`Nothing after ${waitMs} ms`);
}
