import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { pageNames } from "../../monitoring/exporter/pages.ts";
import { serviceNames } from "../../shared/domain/health.ts";
import { seriesIn } from "../support/monitoring/exporter.ts";
import { startPlatform, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { post, userOf } from "./platform-user.ts";

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ env: { EXPORTER: "on" } });
});
afterAll(() => platform?.stop());

async function scrape(page = ""): Promise<Record<string, number>> {
  const response = await fetch(`${platform.exporterUrl}/metrics${page}`);
  expect(response.status).toBe(200);
  return Object.fromEntries(seriesIn(await response.text()));
}

/** Once everything shows, and all of it is well. */
async function shows(expected: Record<string, unknown>, page = ""): Promise<void> {
  await expect.poll(() => scrape(page), { timeout: 30_000, interval: 200 }).toMatchObject(expected);
}

test("an alert, its page, its answer and its end are in the metrics, and stay there when the exporter dies", async () => {
  const { url } = platform;
  await post(`${url}/api/v1/schedules`, {
    team: "checkout",
    rotation_type: "weekly",
    members: [{ name: "Ada", email: "ada@example.com", role: "primary" }],
  });
  const alert = {
    service: "checkout",
    severity: "critical",
    message: "Error rate above 5%",
    dedup_key: "errors",
  };
  await post(`${url}/api/v1/alerts`, alert);
  await waitFor(async () => (await userOf(platform).notifications()).some(({ status }) => status === "sent"));
  await shows(
    { 'incidents_unresolved{status="open",severity="critical",service="checkout",team="checkout"}': 1 },
    "/incidents",
  );
  for (const verb of ["acknowledge", "resolve"]) {
    const done = await fetch(`${url}/api/v1/incidents/1/${verb}`, {
      method: "PATCH",
      body: '{"actor": "ada"}',
    });
    expect(done.status).toBe(200);
  }

  const derived = {
    'incidents_total{status="open"}': 1,
    'incidents_total{status="acknowledged"}': 1,
    'incidents_total{status="resolved"}': 1,
    'incidents_created_total{severity="critical",service="checkout"}': 1,
    incident_mtta_seconds_count: 1,
    incident_mttr_seconds_count: 1,
    'notifications_sent_total{channel="email",status="sent"}': 1,
  };
  await shows({
    ...derived,
    ...Object.fromEntries(serviceNames.map((service) => [`service_up{service="${service}"}`, 1])),
    'alerts_received_total{severity="critical"}': 1,
    'alerts_correlated_total{result="new_incident"}': 1,
    'http_requests_total{service="alerts",method="POST",route="/api/v1/alerts",status="2xx"}': 1,
    'queue_depth{queue="alerts"}': 0,
    'queue_depth{queue="notifications-dlq"}': 0,
    exporter_up: 1,
  });
  // On-call metrics are read once per minute, so a new schedule appears after a restart.
  process.kill(Number(readFileSync(join(platform.dataDir, "exporter.pid"), "utf8")), "SIGKILL");
  await waitFor(() => platform.output().includes("The exporter exited with SIGKILL; restarting it."));
  await waitFor(async () => (await fetch(`${platform.exporterUrl}/health`)).ok, 20_000);
  await shows({ ...derived, 'oncall_current{team="checkout",role="primary",name="Ada"}': 1, exporter_up: 1 });
});

test("the pages of the exporter contain the same metrics as its full response", async () => {
  const names = (series: Record<string, number>) => Object.keys(series);
  const all = names(await scrape());
  const pages = await Promise.all(pageNames.map((name) => scrape(`/${name}`)));
  expect(pages.flatMap(names).toSorted()).toEqual(expect.arrayContaining(all.toSorted()));
});
