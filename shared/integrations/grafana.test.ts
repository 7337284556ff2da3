import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { minutes, monday } from "../../tests/support/builders.ts";
import { exampleRequest } from "../../tests/support/integration-examples.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { alertGroup, describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";

const secret = "a secret of Grafana";
const sign = (text: string, by = secret) => createHmac("sha256", by).update(text).digest("hex");

async function integrated(settings: Readonly<Record<string, string>>) {
  const system = integrationSystem();
  const { key } = await system.integrate("grafana", settings);
  const request = exampleRequest("grafana", key);
  const body = JSON.stringify(request.body);
  const post = (headers: Record<string, string>, method = "POST", content: unknown = body) =>
    system.ask({ ...request, method, body: content, headers });
  return { system, body, post };
}

describe("Grafana's webhook", () => {
  test("carries links to where one can see it, by PUT as well", async () => {
    const { system, post } = await integrated({});
    expect((await post({}, "PUT")).status).toBe(200);
    expect(await system.alerts()).toMatchObject([
      {
        message: "High latency: p99 is over 2 s",
        severity: "medium",
        labels: {
          grafana_folder: "Shop",
          dashboard_url: "https://grafana.example.com/d/shop",
          panel_url: "https://grafana.example.com/d/shop?viewPanel=2",
          silence_url: "https://grafana.example.com/alerting/silence/new",
        },
      },
    ]);
  });

  test("takes an alert with a null or a number where texts are", async () => {
    const { system, post } = await integrated({});
    const alert = {
      status: "firing",
      labels: { alertname: "A" },
      annotations: { summary: null, threshold: 5 },
      values: null,
      fingerprint: "c4edaaf9f9f839b0",
    };
    expect((await post({}, "POST", { alerts: [alert] })).status).toBe(200);
    expect(await system.incidents()).toMatchObject([{ title: "[HIGH] checkout: A" }]);
  });

  test("in the form of Uptime Kuma's Grafana OnCall is resolved too", async () => {
    const { system, post } = await integrated({});
    await post({}, "POST", { title: "shop is down", message: "timeout", state: "alerting" });
    await post({}, "POST", { title: "shop is up", message: "200 - OK", state: "ok" });
    expect(await system.incidents()).toMatchObject([{ status: "resolved", alertCount: 2 }]);
  });

  test("of version 8 opens an incident of a rule, and resolves it", async () => {
    const { system, post } = await integrated({});
    const legacy = {
      dashboardId: 1,
      evalMatches: [{ value: 100, metric: "High value", tags: null }],
      message: "Someone looks",
      orgId: 0,
      panelId: 1,
      ruleId: 7,
      ruleName: "Latency",
      ruleUrl: "https://grafana.example.com/d/1",
      state: "alerting",
      tags: { severity: "warning", rule: "x" },
      title: "[Alerting] Latency",
    };
    expect((await post({}, "POST", legacy)).status).toBe(200);
    await post({}, "POST", { ...legacy, state: "paused" });
    await post({}, "POST", { ...legacy, ruleId: 8, ruleName: null, state: "no_data", evalMatches: null });
    await post({}, "POST", { ...legacy, title: "[OK] Latency", state: "ok", evalMatches: [], tags: {} });
    expect(await system.alerts()).toMatchObject([
      {
        message: "Latency: Someone looks\nHigh value=100",
        severity: "medium",
        labels: {
          rule: "Latency",
          tag_rule: "x",
          state: "alerting",
          generator_url: "https://grafana.example.com/d/1",
        },
      },
      { message: "Latency: Someone looks" },
      { action: "resolve" },
    ]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }, { status: "open" }]);
  });

  test("where there is a secret, is taken only with a signature", async () => {
    const { system, body, post } = await integrated({ secret });
    const header = "X-Grafana-Alerting-Signature";
    for (const headers of [
      {},
      { [header]: "" },
      { [header]: sign(body, "another") },
      { [header]: sign(`${body} `) },
      { [header]: `${sign(body)} and more` },
    ]) {
      expect((await post(headers)).status).toBe(401);
    }
    expect(await system.alerts()).toEqual([]);
    expect(system.errors).toHaveLength(5);
    expect((await post({ [header]: sign(body).toUpperCase() })).status).toBe(200);
    expect(await system.alerts()).toHaveLength(1);
  });

  test("where the time is signed too, is taken within five minutes of it", async () => {
    const { body, post } = await integrated({ secret, timestamp_header: "X-Time" });
    const at = (time: string) =>
      post({ "X-Time": time, "X-Grafana-Alerting-Signature": sign(`${time}:${body}`) });
    const seconds = monday / 1_000;
    const statuses = [];
    for (const time of [
      `${seconds}`,
      `${seconds - minutes(5) / 1_000}`,
      `${seconds - 301}`,
      `${seconds + 301}`,
      "",
      "now",
    ]) {
      statuses.push((await at(time)).status);
    }
    expect(statuses).toEqual([200, 200, 401, 401, 401, 401]);
    expect((await post({ "X-Grafana-Alerting-Signature": sign(body) })).status).toBe(401);
  });
});

describeClientLabels("grafana", {
  "a group": alertGroup,
  "a legacy rule": {
    body: (tags, own) => ({
      state: "alerting",
      ruleId: 1,
      tags,
      ...(own && { ruleName: "Disk", ruleUrl: "https://example.com/r", imageUrl: "https://example.com/i" }),
    }),
  },
});
