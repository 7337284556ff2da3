import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { openMetricsContentType, prometheusContentType } from "prom-client";
import { expect, onTestFinished, test } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import { anExporter } from "../../tests/support/monitoring/exporter.ts";
import { serverOf } from "./server.ts";

async function aServer() {
  const clock = () => monday;
  const server = serverOf(anExporter({ table: memoryTable(clock), clock })).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);
}

test.each(["/metrics", "/metrics/", "/metrics?a=b", "/metrics/incidents", "/metrics/exporter"])(
  "GET %s is a page in the text format",
  async (path) => {
    const response = await (await aServer())(path);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe(prometheusContentType);
    expect(await response.text()).toContain("# TYPE ");
  },
);

test.each([
  {
    who: "Prometheus 2",
    accept: "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.2",
    format: openMetricsContentType,
  },
  {
    who: "one who wants text",
    accept: "text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5",
    format: prometheusContentType,
  },
  { who: "a browser", accept: "text/html,*/*;q=0.8", format: prometheusContentType },
  { who: "one who wants neither said", accept: "", format: prometheusContentType },
  {
    who: "one who refuses OpenMetrics",
    accept: "application/openmetrics-text;q=0",
    format: prometheusContentType,
  },
])("$who is answered in what it asks for", async ({ accept, format }) => {
  const response = await (await aServer())("/metrics/incidents", { headers: { accept } });
  expect(response.headers.get("content-type")).toBe(format);
  expect((await response.text()).endsWith("# EOF\n")).toBe(format === openMetricsContentType);
});

test.each(["evil.example.com", "localhost.evil.example.com:9464", "a b"])(
  "the host %j is refused, which may be rebound to this machine",
  async (host) => {
    const server = serverOf({ page: async () => "", health: () => ({}) as never }).listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    for (const path of ["/metrics", "/health", "/nothing"]) {
      // fetch sends no Host of one's own.
      const asked = get({ host: "127.0.0.1", port, path, headers: { host }, agent: false });
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      response.resume();
      expect(response.statusCode).toBe(403);
    }
  },
);

test("GET /health reports the state of each source", async () => {
  const get = await aServer();
  await get("/metrics/incidents");
  const response = await get("/health");
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    status: "ok",
    sources: {
      incidents: { status: "ok", last_read_at: new Date(monday).toISOString() },
      oncall: { status: "unread" },
    },
    telemetry_dropped: 0,
  });
});

test.each(["/", "/metrics/nothing", "/metrics/all", "/healthz", "//metrics"])(
  "%s is not there",
  async (path) => {
    expect((await (await aServer())(path)).status).toBe(404);
  },
);

test("everything is for reading", async () => {
  const get = await aServer();
  const refused = await get("/metrics", { method: "POST", body: "x" });
  expect(refused.status).toBe(405);
  expect(refused.headers.get("allow")).toBe("GET, HEAD");
  const head = await get("/metrics", { method: "HEAD" });
  expect(head.status).toBe(200);
  expect(Number(head.headers.get("content-length"))).toBeGreaterThan(0);
});
