/** Throughput of each integration type, compared to the platform's own endpoint. */
import { apiOf, type Call } from "../../infra/api-client.ts";
import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import {
  type IntegrationTypeName,
  integrationTypeNames,
  typeNamed,
} from "../../shared/integrations/registry.ts";
import type { HttpRequest } from "../support/functions/lambda.ts";
import { exampleRequest } from "../support/integration-examples.ts";
import { startPlatform } from "../support/platform/platform.ts";
import { quantile, type Row, rounded } from "./report.ts";

/** Enough keys that rate limits per key do not matter. */
const keysOfLimited = 100;

/** Its examples are signed with a test certificate, which the platform would not fetch. */
const unmeasured: ReadonlySet<IntegrationTypeName> = new Set(["sns"]);

export interface IntegrationOptions {
  readonly connections: number;
  readonly seconds: number;
}

export async function measureIntegrations(options: IntegrationOptions): Promise<Row[]> {
  const platform = await startPlatform();
  const section = `Events through the integration gateway, each its example (${options.connections} connections, pipeline running)`;
  try {
    const body = { service: "bench", severity: "high", message: "Latency above 500 ms", dedup_key: "hot" };
    const own = { method: "POST", path: "/api/v1/alerts", body };
    const yardstick = await shoot(platform.url, [own], options);
    const rows = [rowOf(section, "POST /api/v1/alerts", yardstick)];
    for (const type of integrationTypeNames.filter((name) => !unmeasured.has(name))) {
      const requests = await requestsOf(apiOf(platform.url), type);
      const shots = await shoot(platform.url, requests, options);
      const share = `${rounded(shots.perSecond / yardstick.perSecond)} of the yardstick`;
      rows.push(rowOf(section, type, shots, share));
    }
    return rows;
  } finally {
    await platform.stop();
  }
}

async function requestsOf(call: Call, type: IntegrationTypeName): Promise<HttpRequest[]> {
  const count = typeNamed(type)?.requestsPerMinute === undefined ? 1 : keysOfLimited;
  const requests: HttpRequest[] = [];
  while (requests.length < count) {
    const { key } = await call(createIntegrationContract, { body: { name: type, type, service: "bench" } });
    requests.push(exampleRequest(type, key));
  }
  return requests;
}

function rowOf(section: string, what: string, { perSecond, latencies, failed }: Shots, share?: string): Row {
  const said = [
    `p50 ${rounded(quantile(latencies, 0.5))} ms, p99 ${rounded(quantile(latencies, 0.99))} ms`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(share === undefined ? [] : [share]),
  ];
  return { section, what, value: perSecond, unit: "/s", beside: said.join(", ") };
}

interface Shots {
  /** 2xx responses. */
  readonly perSecond: number;
  readonly latencies: readonly number[];
  readonly failed: number;
}

/** Sends the requests in turn at maximum speed, after one warm-up request each and a second of warm-up. */
async function shoot(
  url: string,
  requests: readonly HttpRequest[],
  { connections, seconds }: IntegrationOptions,
): Promise<Shots> {
  // The first event of a key looks it up and is counted immediately.
  for (const request of requests) await send(url, request);
  const latencies: number[] = [];
  let failed = 0;
  let sent = 0;
  const from = performance.now() + 1_000;
  const until = from + seconds * 1_000;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let startedAt = performance.now(); startedAt < until; startedAt = performance.now()) {
        const ok = await send(url, requests[sent++ % requests.length]);
        if (startedAt < from) continue;
        if (ok) latencies.push(performance.now() - startedAt);
        else failed += 1;
      }
    }),
  );
  return { perSecond: latencies.length / seconds, latencies, failed };
}

async function send(url: string, request: HttpRequest | undefined): Promise<boolean> {
  const { method = "POST", path = "/", query = "", headers = {}, body } = request ?? { path: "/" };
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await fetch(`${url}${path}${query && `?${query}`}`, { method, headers, body: text });
  await response.arrayBuffer();
  return response.ok;
}
