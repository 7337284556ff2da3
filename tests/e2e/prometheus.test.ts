/** Prometheus, Alertmanager and amtool, unchanged, on a running platform: only their URL and key change. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { resolveIncidentContract } from "../../shared/contracts/incidents/resolve-incident.ts";
import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { getIntegrationContract } from "../../shared/contracts/integrations/get-integration.ts";
import type { IntegrationTypeName } from "../../shared/integrations/registry.ts";
import { unique } from "../support/builders.ts";
import {
  isInstalled,
  run,
  startAlertmanagerWith,
  startPrometheusWith,
  type TestAlertmanager,
  type TestPrometheus,
} from "../support/monitoring/prometheus.ts";
import { freePorts, waitFor } from "../support/platform/platform.ts";
import { type SharedPlatform, sharedPlatform } from "../support/platform/shared-platform.ts";
import { userOf } from "./platform-user.ts";

let platform: SharedPlatform;
beforeAll(async () => {
  platform = await sharedPlatform();
});

/** A key of its own, and the incidents of its service, oldest first. */
async function integrated(type: IntegrationTypeName) {
  const { call, alerts, incidents } = userOf(platform);
  const service = unique("service-");
  const { id, key, url } = await call(createIntegrationContract, { body: { name: service, type, service } });
  const own = async () => (await incidents({ service })).toReversed();
  const become = (...statuses: string[]) =>
    waitFor(async () => (await own()).map(({ status }) => status).join() === statuses.join(), 20_000);
  const outcomes = async () => (await alerts({ service })).map(({ outcome }) => outcome);
  const errors = async () => (await call(getIntegrationContract, { params: { id } })).errors;
  return { call, key, url, own, become, outcomes, errors };
}

function titled(what: string, ...commands: string[]) {
  const missing = commands.filter((command) => !isInstalled(command));
  const skipped = missing.length > 0;
  return { skipped, title: skipped ? `${what} (skipped: ${missing.join(", ")} not installed)` : what };
}

const straight = titled("Prometheus, straight to the platform", "prometheus");

describe.skipIf(straight.skipped)(straight.title, () => {
  let prometheus: TestPrometheus | undefined;
  let shop: Server | undefined;
  afterAll(async () => {
    await prometheus?.stop();
    shop?.close();
  });

  /** A monitored server that responds or not. */
  async function open(port: number) {
    shop = createServer((_, response) => response.setHeader("connection", "close").end("")).listen(port);
    await once(shop, "listening");
  }
  async function shut() {
    shop?.close();
    await once(shop as Server, "close");
  }

  test("opens an incident when something goes down, and resolves it when it is up or alerts stop", async () => {
    const { call, key, own, become, outcomes, errors } = await integrated("prometheus");
    const port = await freePorts(1);
    prometheus = await startPrometheusWith({
      "prometheus.yml": JSON.stringify({
        global: { scrape_interval: "1s", evaluation_interval: "1s" },
        rule_files: ["rules.yml"],
        scrape_configs: [{ job_name: "shop", static_configs: [{ targets: [`127.0.0.1:${port}`] }] }],
        alerting: {
          alertmanagers: [
            {
              path_prefix: `/integrations/${key}`,
              static_configs: [{ targets: [new URL(platform.url).host] }],
            },
          ],
        },
      }),
      "rules.yml": JSON.stringify({
        groups: [
          {
            name: "shop",
            rules: [
              {
                alert: "ShopDown",
                expr: 'up{job="shop"} == 0',
                labels: { severity: "critical" },
                annotations: { summary: "{{ $labels.instance }} does not answer" },
              },
            ],
          },
        ],
      }),
    });
    await become("open");
    await open(port);
    await become("resolved");
    expect(await own()).toMatchObject([
      {
        title: expect.stringContaining(`ShopDown: 127.0.0.1:${port} does not answer`),
        severity: "critical",
        resolved_by: "Prometheus",
      },
    ]);

    await shut();
    await become("resolved", "open");
    await call(resolveIncidentContract, {
      params: { id: (await own())[1]?.id ?? "" },
      body: { actor: "ada" },
    });
    await waitFor(async () => (await outcomes()).includes("dropped"));
    await open(port);
    await waitFor(async () => (await prometheus?.query("ALERTS"))?.length === 0);
    await shut();
    await become("resolved", "resolved", "open");
    expect((await own())[1]).toMatchObject({ resolved_by: "ada" });

    await prometheus.stop();
    prometheus = undefined;
    await become("resolved", "resolved", "resolved");
    expect((await own())[2]).toMatchObject({ resolved_by: "auto-resolve" });
    expect(await errors()).toEqual([]);
  });
});

const amtool = titled("amtool", "amtool");

describe.skipIf(amtool.skipped)(amtool.title, () => {
  test("adds alerts, and is shown what fires", async () => {
    const { url, become, outcomes } = await integrated("prometheus");
    const at = `--alertmanager.url=${url}`;
    const ask = (...args: string[]) => run("amtool", [at, "--no-version-check", "alert", ...args]);
    // It looks at the state of the Alertmanager before anything else.
    expect(run("amtool", [at, "alert"])).toMatchObject({
      status: 0,
      output: expect.not.stringContaining("error"),
    });
    for (const name of ["Disk", "Memory"]) {
      const added = ask("add", name, "severity=warning", `--annotation=summary=${name} is full`);
      expect(added).toEqual({ status: 0, output: "" });
    }
    await become("open", "open");
    // An alert is recorded, with its labels, after its incident has been opened.
    await waitFor(async () => (await outcomes()).length === 2);
    const shown = ask("query", "Disk", "--output=json");
    expect(shown.status).toBe(0);
    expect(JSON.parse(shown.output)).toMatchObject([
      {
        labels: { alertname: "Disk", severity: "warning" },
        annotations: { summary: "Disk is full" },
        status: { state: "active" },
      },
    ]);
    expect(ask("add", "Disk", "severity=warning", `--end=${new Date().toISOString()}`).status).toBe(0);
    await become("resolved", "open");
    const named = (matcher: string) => {
      const { status, output } = ask("query", matcher, "--output=json");
      expect(status, output).toBe(0);
      return (JSON.parse(output) as { labels: object }[]).map(({ labels }) => labels);
    };
    expect(named("alertname=~M.*y")).toMatchObject([{ alertname: "Memory" }]);
    expect(named("alertname!~D.*")).toMatchObject([{ alertname: "Memory" }]);
    expect(named("alertname=~M")).toEqual([]);
  });
});

describe.skipIf(amtool.skipped)(`${amtool.title}, silences`, () => {
  test("keep its alerts from paging, are those of its integration alone, and end", async () => {
    const { url, outcomes } = await integrated("prometheus");
    const other = await integrated("prometheus");
    const ask = (at: string, ...args: string[]) =>
      run("amtool", [`--alertmanager.url=${at}`, "--no-version-check", ...args]);
    const silence = (at: string, ...args: string[]) => ask(at, "silence", ...args);

    const added = silence(url, "add", "alertname=~Di.*", "--comment=moving", "--duration=1h", "--author=ada");
    expect(added).toMatchObject({ status: 0, output: expect.stringMatching(/^sil_/) });
    const id = added.output.trim();
    expect(silence(url, "query", "--quiet").output.trim()).toBe(id);
    expect(silence(other.url, "query", "--quiet").output.trim()).toBe("");

    expect(ask(other.url, "alert", "add", "Disk").status).toBe(0);
    await other.become("open");
    let disk = 0;
    // The correlation consumer sees a silence within a second.
    await waitFor(async () => {
      expect(ask(url, "alert", "add", `Disk${++disk}`).status).toBe(0);
      return (await outcomes()).includes("suppressed");
    });

    expect(silence(other.url, "expire", id).status).not.toBe(0);
    expect(silence(url, "expire", id).status).toBe(0);
    expect(silence(url, "query", "--quiet").output.trim()).toBe("");
  });
});

const alertmanagers = titled("Alertmanager", "prometheus-alertmanager");

describe.skipIf(alertmanagers.skipped)(alertmanagers.title, () => {
  let alertmanager: TestAlertmanager | undefined;
  afterAll(() => alertmanager?.stop());

  test("opens an incident by its webhook and by Opsgenie's API, and resolves both", async () => {
    const webhook = await integrated("alertmanager");
    const opsgenie = await integrated("opsgenie");
    alertmanager = await startAlertmanagerWith(
      JSON.stringify({
        route: { receiver: "platform", group_by: ["alertname"], group_wait: "0s", group_interval: "1s" },
        receivers: [
          {
            name: "platform",
            webhook_configs: [{ url: webhook.url }],
            opsgenie_configs: [
              {
                api_url: `${platform.url}/`,
                api_key: opsgenie.key,
                priority: "P1",
                update_alerts: true,
                note: "from Alertmanager",
              },
            ],
          },
        ],
      }),
    );
    const alert = {
      labels: { alertname: "HighLatency", severity: "critical" },
      annotations: { summary: "p99 above 2 s" },
    };
    await alertmanager.post([alert]);
    await Promise.all([webhook.become("open"), opsgenie.become("open")]);
    await alertmanager.post([{ ...alert, endsAt: new Date().toISOString() }]);
    await Promise.all([webhook.become("resolved"), opsgenie.become("resolved")]);
    expect(await webhook.own()).toMatchObject([{ severity: "critical", resolved_by: "Alertmanager" }]);
    expect(await opsgenie.own()).toMatchObject([{ title: expect.stringContaining("HighLatency") }]);
    expect([await webhook.errors(), await opsgenie.errors()]).toEqual([[], []]);
  });
});
