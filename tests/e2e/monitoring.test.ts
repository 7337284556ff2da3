/** The whole chain, each part the real one: a played outage, the exporter, Prometheus, and what dashboards and rules ask. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dashboards } from "../../monitoring/grafana/build.ts";
import { acknowledgeIncidentContract } from "../../shared/contracts/incidents/acknowledge-incident.ts";
import { serviceNames } from "../../shared/domain/health.ts";
import { unique } from "../support/builders.ts";
import { expressionsOf, expressionsOfRules, withoutAnswer } from "../support/monitoring/monitored.ts";
import { isInstalled, run, startPrometheus, type TestPrometheus } from "../support/monitoring/prometheus.ts";
import { startPlatform, type TestPlatform, waitFor } from "../support/platform/platform.ts";
import { post, script, userOf } from "./platform-user.ts";

const isThere = isInstalled("prometheus") && isInstalled("promtool");
const title = `a platform under Prometheus${isThere ? "" : " (skipped: prometheus is not installed)"}`;

/** Panels without data on a healthy platform, with the reason. */
const quietAlerts: Readonly<Record<string, string>> = {
  ServiceDown: "all services are up",
  HighErrorRate: "no request fails",
  DeadLettersWaiting: "no message was given up",
  OldestMessageTooOld: "the queues are worked off",
  MttaOverTarget: "the demo answers within seconds",
  NotificationsFailing: "every page is printed to the console",
  ExporterDown: "the exporter answers",
  ExporterStale: "it has just read everything",
};
const quietPanels: Readonly<Record<string, string>> = { "Error rate by route, 0": "no request fails" };

let platform: TestPlatform;
let prometheus: TestPrometheus;
beforeAll(async () => {
  platform = await startPlatform({ env: { EXPORTER: "on" } });
  if (isThere) prometheus = await startPrometheusOn(platform);
  await demonstrate();
}, 240_000);
afterAll(async () => {
  await prometheus?.stop();
  await platform?.stop();
});

async function startPrometheusOn({ exporterUrl }: TestPlatform): Promise<TestPrometheus> {
  const started = await startPrometheus({ exporter: new URL(exporterUrl).host, alertmanager: "127.0.0.1:1" });
  await waitFor(async () => {
    const targets = await started.targets();
    return [...serviceNames, "exporter"].every((job) => targets[job] === "up");
  }, 60_000);
  return started;
}

async function demonstrate(): Promise<void> {
  const { code, output } = await script("demo", ["--fast"], platform);
  expect(output).toMatch(/All \d+ checks passed\./);
  expect(code).toBe(0);
}

test("the demo passes all checks, also when repeated", demonstrate);

describe.skipIf(!isThere)(title, () => {
  /** Current state: one open and one acknowledged incident of no team. */
  beforeEach(async () => {
    for (const dedup_key of [unique("open"), unique("acknowledged")]) {
      await post(`${platform.url}/api/v1/alerts`, {
        service: "lonely",
        severity: "low",
        message: "hm",
        dedup_key,
      });
    }
    const { call, incidents } = userOf(platform);
    const isOurs = (incident: { dedup_key: string | null }) => incident.dedup_key?.startsWith("acknowledged");
    await waitFor(async () => (await incidents()).some(isOurs));
    const id = (await incidents()).find(isOurs)?.id ?? "";
    await call(acknowledgeIncidentContract, { params: { id }, body: {} });
  });

  test("serves what promtool has nothing to say about", async () => {
    const exposition = await (await fetch(`${platform.exporterUrl}/metrics`)).text();
    const { status, output } = run("promtool", ["check", "metrics"], exposition);
    expect(output).toBe("");
    expect(status).toBe(0);
  });

  test("has data for every rule but those about trouble that there is none of", async () => {
    const rules = async () => expressionsOfRules(await prometheus.rules());
    expect((await withoutAnswer(prometheus, rules, quietAlerts)).toSorted()).toEqual(
      Object.keys(quietAlerts).toSorted(),
    );
  });

  test.each(dashboards.map((dashboard) => ({ title: dashboard.title ?? "", dashboard })))(
    "has data for every panel and mark of $title",
    async ({ dashboard }) => {
      const empty = await withoutAnswer(prometheus, async () => expressionsOf(dashboard), quietPanels);
      expect(empty.filter((name) => !(name in quietPanels))).toEqual([]);
    },
  );
});
