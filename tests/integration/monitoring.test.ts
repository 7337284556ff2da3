import { globSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dashboards } from "../../monitoring/grafana/build.ts";
import { alertInput } from "../../shared/contracts/alerts/alert.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { serviceNames } from "../../shared/domain/health.ts";
import { exposition, type FakeExporter, startFakeExporter } from "../support/monitoring/exposition.ts";
import { expressionsOf, expressionsOfRules, withoutAnswer } from "../support/monitoring/monitored.ts";
import {
  isInstalled,
  run,
  startAlertmanager,
  startPrometheus,
  type TestAlertmanager,
  type TestPrometheus,
} from "../support/monitoring/prometheus.ts";
import { waitFor } from "../support/platform/platform.ts";
import { type ProviderServer, startProvider } from "../support/platform/provider-server.ts";

const withPrometheus = isInstalled("prometheus") && isInstalled("promtool");
const withAlertmanager = isInstalled("prometheus-alertmanager") && isInstalled("amtool");
const needing = (what: string, there: boolean) => (there ? "" : ` (skipped: ${what} is not installed)`);

/** Queries without data on a healthy platform, with the reason. */
const withoutData: Readonly<Record<string, string>> = {
  ExporterDown: "all six targets are up",
};

describe.skipIf(!withPrometheus)(`promtool${needing("prometheus", withPrometheus)}`, () => {
  test("finds the configuration and the rules right", () => {
    const { status, output } = run("promtool", ["check", "config", "monitoring/prometheus/prometheus.yml"]);
    expect(status, output).toBe(0);
  });

  test("sees every rule do what its tests say", () => {
    const files = globSync("monitoring/prometheus/rules/*.test.yml");
    expect(files).toHaveLength(2);
    const { status, output } = run("promtool", ["test", "rules", ...files]);
    expect(status, output).toBe(0);
  });

  test("has nothing to say about the names of the metrics", async () => {
    const { status, output } = run("promtool", ["check", "metrics"], await exposition());
    expect(output).toBe("");
    expect(status).toBe(0);
  });
});

describe.skipIf(!withPrometheus)(`Prometheus${needing("prometheus", withPrometheus)}`, () => {
  let prometheus: TestPrometheus;
  let exporter: FakeExporter;
  beforeAll(async () => {
    exporter = await startFakeExporter();
    prometheus = await startPrometheus({ exporter: exporter.address, alertmanager: "127.0.0.1:1" });
  });
  afterAll(async () => {
    await prometheus?.stop();
    await exporter?.close();
  });

  test("scrapes the five services and the exporter itself, and knows Alertmanager", async () => {
    const up = Object.fromEntries([...serviceNames, "exporter"].map((job) => [job, "up"]));
    const soon = { timeout: 60_000 };
    await expect.poll(() => prometheus.targets(), soon).toEqual(up);
    await expect.poll(() => prometheus.alertmanagers(), soon).toEqual(["http://127.0.0.1:1/api/v2/alerts"]);
  });

  test("has data for every rule", async () => {
    const rules = async () => expressionsOfRules(await prometheus.rules());
    expect(await withoutAnswer(prometheus, rules, withoutData)).toEqual(Object.keys(withoutData));
    expect((await prometheus.rules()).filter(({ lastError }) => lastError !== "")).toEqual([]);
  });

  test.each(dashboards.map((dashboard) => ({ title: dashboard.title ?? "", dashboard })))(
    "has data for every panel and mark of $title",
    async ({ dashboard }) => {
      expect(await withoutAnswer(prometheus, async () => expressionsOf(dashboard), {})).toEqual([]);
    },
  );
});

describe.skipIf(!withAlertmanager)(
  `Alertmanager${needing("prometheus-alertmanager", withAlertmanager)}`,
  () => {
    let platform: ProviderServer;
    let alertmanager: TestAlertmanager;
    beforeAll(async () => {
      platform = await startProvider();
      platform.behave({ status: 202 });
      alertmanager = await startAlertmanager(platform.url);
    });
    afterAll(async () => {
      await alertmanager?.stop();
      await platform?.close();
    });

    test("finds its configuration right", () => {
      const { status, output } = run("amtool", ["check-config", "monitoring/alertmanager/alertmanager.yml"]);
      expect(status, output).toBe(0);
    });

    test("sends what fires, and its end, as one alert of the platform", async () => {
      const alerts = ["alerts-dlq", "notifications-dlq"].map((queue) => ({
        labels: { alertname: "DeadLettersWaiting", severity: "high", queue },
        annotations: {
          summary: `3 messages wait in "${queue}".`,
          runbook_url: "docs/monitoring.md#deadletterswaiting",
        },
      }));
      await alertmanager.post(alerts);
      await waitFor(() => platform.requests.length === 1);
      const endsAt = new Date().toISOString();
      await alertmanager.post(alerts.map((alert) => ({ ...alert, endsAt })));
      await waitFor(() => platform.requests.length === 2);

      for (const { method, path } of platform.requests) {
        expect(`${method} ${path}`).toBe(`${receiveAlertsContract.method} ${receiveAlertsContract.path}`);
      }
      const [firing, resolved] = platform.requests.map(({ body }) => alertInput.parse(JSON.parse(body)));
      expect(firing).toMatchObject({
        service: "incident-platform",
        severity: "high",
        message:
          'DeadLettersWaiting: 3 messages wait in "alerts-dlq". (2 alerts) See docs/monitoring.md#deadletterswaiting',
        dedup_key: "DeadLettersWaiting",
        action: "trigger",
      });
      expect(resolved).toMatchObject({ dedup_key: "DeadLettersWaiting", action: "resolve" });
    });
  },
);
