/**
 * Runs the containers of docker-compose.yml as processes in their order, and sends an alert through all of
 * them.
 */
import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { apiOf } from "../../infra/api-client.ts";
import { alertingOn } from "../../localstack/demo/alerting.ts";
import { createScheduleContract } from "../../shared/contracts/oncall/schedules/create-schedule.ts";
import { isInstalled } from "../support/monitoring/prometheus.ts";
import { type Container, containersOn, services, writeImage } from "../support/platform/containers.ts";
import { type OnePort, startMinistack, startOnePort } from "../support/platform/one-port.ts";
import { startPlatform, temporaryFolder, waitFor } from "../support/platform/platform.ts";

const root = resolve(import.meta.dirname, "../..");

async function pageFor(url: string, message: string) {
  const call = apiOf(url);
  const member = { name: "Ana", email: "ana@example.com", role: "primary" } as const;
  await call(createScheduleContract, {
    body: { team: "payments", rotation_type: "weekly", members: [member] },
  });
  const alerting = alertingOn(call, "test");
  const alertId = await alerting.send({ service: "payments", severity: "critical", message });
  const { id } = await alerting.incidentOf(alertId);
  return alerting.pageOf(id);
}

/** Status of a response to a request with this host name. */
function statusFor(url: string, host: string): Promise<number | undefined> {
  return new Promise((done, failed) => {
    request(`${url}/api/v1/incidents`, { headers: { host } }, (answer) => {
      answer.resume();
      done(answer.statusCode);
    })
      .on("error", failed)
      .end();
  });
}

test("containers come up one after another, as what they wait for allows", () => {
  const started = new Set<string>();
  for (const [name, { depends_on = {} }] of Object.entries(services)) {
    for (const other of Object.keys(depends_on)) {
      expect(started, `${name} after ${other}`).toContain(other);
    }
    started.add(name);
  }
  expect([...started]).toEqual([
    "localstack",
    "provision",
    "functions",
    "metrics-exporter",
    "alertmanager",
    "prometheus",
    "grafana",
  ]);
});

describe("the containers' commands and health checks, in their order", () => {
  let localstack: OnePort;
  let machine: Awaited<ReturnType<typeof containersOn>>;
  const image = writeImage();
  const data = temporaryFolder();
  const provisioned = temporaryFolder();
  const running: Container[] = [];

  const start = async (...[name, place]: Parameters<typeof machine.run>): Promise<Container> => {
    const container = machine.run(name, place);
    running.unshift(container);
    await container.healthy();
    return container;
  };

  beforeAll(async () => {
    localstack = await startOnePort();
    machine = await containersOn({ 4566: localstack.port });
  });
  afterAll(async () => {
    for (const container of running) await container.stop();
    await localstack?.stop();
    for (const folder of [image, data, provisioned]) rmSync(folder, { recursive: true, force: true });
  });

  test("the step that provisions ends, and leaves the names of what there is", async () => {
    await machine.healthy("localstack");
    const step = machine.run("provision", { cwd: image, paths: { "/provisioned": provisioned } });
    expect(await step.ended, step.output()).toBe(0);
    const names = readFileSync(join(provisioned, "environment"), "utf8");
    expect(names).toContain("TABLE_NAME=incident-platform-local\n");
    expect(names).toMatch(/^ALERTS_QUEUE_URL=http.*\/incident-platform-local-alerts\.fifo$/m);
  });

  test("the functions page, answer to their name among the containers and to no other, and have no exporter", async () => {
    const functions = await start("functions", { cwd: image, paths: { "/data": data } });
    expect(functions.output()).not.toContain("Metrics");

    const url = machine.url(8080);
    expect(await statusFor(url, "functions:8080")).toBe(200);
    expect(await statusFor(url, "attacker.example")).toBe(403);
    for (const path of ["/", "/docs"]) {
      const page = await fetch(`${url}${path}`);
      expect(page.status, path).toBe(200);
      expect(await page.text()).toContain("</html>");
    }

    expect(await pageFor(url, "Cards fail")).toMatchObject({ recipient: "ana@example.com", status: "sent" });
    await waitFor(() => functions.output().includes("Cards fail"));
    // Links lead to where people are, whatever the gateway listens on.
    expect(functions.output()).toContain(`${machine.here("http://localhost:8080")}/links/`);
  });

  test("the exporter reads what was provisioned, and finds the services well", async () => {
    const folder = temporaryFolder();
    cpSync(join(data, "bundles/dist/exporter.mjs"), join(folder, "exporter.mjs"));
    await start("metrics-exporter", { cwd: folder, paths: { "/provisioned": provisioned } });
    const metrics = async () => (await fetch(`${machine.url(9464)}/metrics`)).text();
    // A function that starts slowly may fail its first health check.
    await waitFor(async () => {
      const page = await metrics();
      return /^service_up\{service="alerts"\} 1$/m.test(page) && /^exporter_up 1$/m.test(page);
    });
  });

  const withAlertmanager = isInstalled("prometheus-alertmanager");
  test.skipIf(!withAlertmanager)(
    `Alertmanager brings an alert in${withAlertmanager ? "" : " (skipped: prometheus-alertmanager is not installed)"}`,
    async () => {
      const bin = temporaryFolder();
      const mode = 0o755;
      writeFileSync(join(bin, "alertmanager"), '#!/bin/sh\nexec prometheus-alertmanager "$@"\n', { mode });
      const etc = temporaryFolder();
      cpSync(join(root, "monitoring/alertmanager"), etc, { recursive: true });
      const config = join(etc, "alertmanager.yml");
      writeFileSync(config, readFileSync(config, "utf8").replace(/group_wait: \w+/, "group_wait: 0s"));
      await start("alertmanager", {
        path: bin,
        paths: { "/etc/alertmanager": etc, "=/alertmanager": `=${temporaryFolder()}` },
        env: { CONFIG_FILE: config, CONFIG_FOLDER: temporaryFolder() },
      });
      const labels = { alertname: "DeadLettersWaiting", severity: "high", queue: "alerts-dlq" };
      const annotations = { summary: "3 messages wait.", runbook_url: "docs/monitoring.md" };
      const posted = await fetch(`${machine.url(9093)}/api/v2/alerts`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([{ labels, annotations }]),
      });
      expect(posted.status).toBe(200);
      await waitFor(async () => {
        const incidents = await fetch(`${machine.url(8080)}/api/v1/incidents?service=incident-platform`);
        return (await incidents.text()).includes("DeadLettersWaiting");
      });
    },
  );

  const withPrometheus = isInstalled("prometheus");
  test.skipIf(!withPrometheus)(
    `Prometheus scrapes the exporter by its name among the containers${withPrometheus ? "" : " (skipped: prometheus is not installed)"}`,
    async () => {
      const etc = temporaryFolder();
      cpSync(join(root, "monitoring/prometheus"), etc, { recursive: true });
      cpSync(join(etc, "targets.compose"), join(etc, "targets"), { recursive: true });
      for (const name of ["exporter", "alertmanager"]) {
        const file = join(etc, `targets/${name}.yml`);
        writeFileSync(file, machine.here(readFileSync(file, "utf8")));
      }
      const config = join(etc, "prometheus.yml");
      writeFileSync(config, readFileSync(config, "utf8").replaceAll("_interval: 15s", "_interval: 1s"));
      await start("prometheus", {
        paths: { "/etc/prometheus": etc, "=/prometheus": `=${temporaryFolder()}` },
      });
      type Targets = { data: { activeTargets: { scrapeUrl: string; health: string }[] } };
      const targets = async () =>
        ((await (await fetch(`${machine.url(9090)}/api/v1/targets`)).json()) as Targets).data.activeTargets;
      const up = async () => (await targets()).filter(({ health }) => health === "up");
      await waitFor(async () => (await up()).length === 6, 20_000);
      for (const { scrapeUrl } of await targets()) expect(scrapeUrl).toContain(machine.url(9464));
    },
  );

  test("each stops on its own when asked to", async () => {
    const ended: (number | null)[] = [];
    for (const container of running.splice(0)) ended.push(await container.stop());
    expect(ended.filter((code) => code !== 0)).toEqual([]);
  });
});

const withMinistack = isInstalled("ministack");

describe.skipIf(!withMinistack)(
  `npm start on MiniStack's one port${withMinistack ? "" : " (skipped: ministack is not installed)"}`,
  () => {
    test("takes an alert through to its page", async () => {
      const server = await startMinistack();
      const platform = await startPlatform({ env: { AWS_ENDPOINT_URL: server.url } });
      try {
        expect(platform.output()).toContain(`DynamoDB and SQS at ${server.url}`);
        expect(await pageFor(platform.url, "Cards fail")).toMatchObject({ status: "sent" });
      } finally {
        await platform.stop();
        await server.stop();
      }
    });
  },
);

test("the step that provisions says in a line what it needs", async () => {
  const machine = await containersOn({ 4566: 9 });
  const step = machine.run("provision");
  expect(await step.ended).toBe(1);
  expect(step.output()).toMatch(/^AWS_ENDPOINT_URL http:\/\/127\.0\.0\.1:9 does not respond\./);
});
