import { describe, expect, test } from "vitest";
import { minutes } from "../../tests/support/builders.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { alertGroup, describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";
import { formatInstant } from "../domain/time.ts";

async function integrated() {
  const system = integrationSystem();
  const { key, integration } = await system.integrate("alertmanager");
  const startsAt = formatInstant(system.now() - minutes(1)).replace("Z", "123456Z");
  const alert = (alertname: string, fields: object = {}) => ({
    status: "firing",
    labels: { alertname, severity: "warning" },
    annotations: { summary: "It is bad", runbook_url: "https://example.com" },
    startsAt,
    endsAt: "0001-01-01T00:00:00Z",
    generatorURL: "http://prometheus/graph",
    fingerprint: alertname.toLowerCase(),
    ...fields,
  });
  const post = (alerts: readonly object[], fields: object = {}) =>
    system.ask({ method: "POST", path: `/integrations/${key}`, body: { version: "4", alerts, ...fields } });
  return { system, integration, alert, post };
}

describe("Alertmanager's webhook", () => {
  test("opens an incident for each alert of a group, and resolves the one that is over", async () => {
    const { system, integration, alert, post } = await integrated();
    expect((await post([alert("Disk"), alert("Memory")])).status).toBe(200);
    await post([alert("Disk"), alert("Memory", { status: "resolved", endsAt: formatInstant(system.now()) })]);
    expect(await system.incidents()).toMatchObject([
      { dedupKey: `${integration.id}:disk`, status: "open", severity: "medium", alertCount: 2 },
      { dedupKey: `${integration.id}:memory`, status: "resolved", resolvedBy: "Alertmanager" },
    ]);
  });

  test("keeps what the alert says", async () => {
    const { system, alert, post } = await integrated();
    await post([alert("Disk")]);
    expect(await system.alerts()).toMatchObject([
      {
        message: "Disk: It is bad",
        timestamp: system.now() - minutes(1),
        labels: {
          alertname: "Disk",
          severity: "warning",
          "annotations.runbook_url": "https://example.com",
          generator_url: "http://prometheus/graph",
        },
      },
    ]);
  });

  test("identifies an alert without a fingerprint by its labels, in any order", async () => {
    const { system, alert, post } = await integrated();
    const bare = { fingerprint: undefined };
    await post([
      alert("", { ...bare, labels: { a: "1", b: "2" } }),
      alert("", { ...bare, labels: { b: "2", a: "1" } }),
      alert("", { ...bare, labels: { a: "2", b: "1" } }),
    ]);
    expect(await system.incidents()).toMatchObject([{ alertCount: 2 }, { alertCount: 1 }]);
  });

  test("does not resolve automatically, and counts repetitions", async () => {
    const { system, alert, post } = await integrated();
    await post([alert("Disk")]);
    await system.settle({ within: minutes(600) });
    await post([alert("Disk")]);
    expect(await system.incidents()).toMatchObject([{ status: "open", alertCount: 2 }]);
  });

  test.each([
    ["page", "critical"],
    ["none", "low"],
    ["constructor", "high"],
    [undefined, "high"],
  ])("with the severity %s is %s", async (severity, expected) => {
    const { system, alert, post } = await integrated();
    await post([alert("Disk", { labels: { alertname: "Disk", severity } })]);
    expect(await system.incidents()).toMatchObject([{ severity: expected }]);
  });

  test("reports alerts that Alertmanager left out", async () => {
    const { system, alert, post } = await integrated();
    await post([alert("Disk")], { truncatedAlerts: 3 });
    await post([{ status: "firing", labels: { job: "node" } }], { truncatedAlerts: 3 });
    const error = { status: null, message: "3 alerts of the group are missing: increase max_alerts" };
    expect(system.errors).toMatchObject([error, error]);
    expect(await system.alerts()).toMatchObject([{ labels: { truncated_alerts: 3 } }, {}]);
    expect(await system.incidents()).toMatchObject([
      {
        title: "[MEDIUM] checkout: Disk: It is bad",
        description: "3 alerts of the group are missing: increase max_alerts",
      },
      { title: "[HIGH] checkout: job=node" },
    ]);
    await post([alert("Memory")], { truncatedAlerts: 1 });
    expect(system.errors.at(-1)?.message).toBe("1 alert of the group is missing: increase max_alerts");
  });

  test("takes numbers and booleans as text, and leaves out what is null", async () => {
    const { system, alert, post } = await integrated();
    const labels = { alertname: "Disk", shard: 7, canary: true, zone: null };
    const annotations = { summary: null, threshold: 5, description: "It is full" };
    const reply = await post([alert("Disk", { labels, annotations, fingerprint: undefined })]);
    expect(reply.status).toBe(200);
    await post([
      alert("Disk", { labels: { alertname: "Disk", shard: "7", canary: "true" }, fingerprint: undefined }),
    ]);
    expect(await system.alerts()).toMatchObject([
      {
        message: "Disk: It is full",
        labels: { alertname: "Disk", shard: "7", canary: "true", "annotations.threshold": "5" },
      },
      {},
    ]);
    expect((await system.alerts())[0]?.labels).not.toHaveProperty("zone");
    expect(await system.incidents()).toMatchObject([{ alertCount: 2 }]);
    expect(system.errors).toEqual([]);
  });

  test.each([
    ["annotations that are a text", { annotations: "full" }],
    ["a label that is an object", { labels: { alertname: "Disk", pod: { name: "a" } } }],
    ["a fingerprint that is a number", { fingerprint: 7 }],
    ["a generator that is a number", { generatorURL: 7 }],
    ["no status, in a group that fires", { status: undefined }],
    ["a status in capitals", { status: " FIRING " }],
  ])("pages for an alert with %s", async (_, fields) => {
    const { system, alert, post } = await integrated();
    expect((await post([alert("Disk", fields)], { status: "firing" })).status).toBe(200);
    expect(await system.incidents()).toMatchObject([{ status: "open" }]);
  });

  test.each([
    ["no labels", { labels: undefined }, "labels"],
    ["labels that are a list", { labels: ["a"] }, "labels"],
    ["labels that say nothing", { labels: { a: "", b: null } }, "labels"],
    ["an unknown status", { status: "odd" }, "status"],
  ])("takes the others of a group where one has %s, and keeps why", async (_, fields, path) => {
    const { system, alert, post } = await integrated();
    const reply = await post([alert("Disk"), alert("Odd", fields), alert("Memory")]);
    expect(reply.status).toBe(200);
    expect((await system.incidents()).map(({ title }) => title)).toEqual([
      "[MEDIUM] checkout: Disk: It is bad",
      "[MEDIUM] checkout: Memory: It is bad",
    ]);
    expect(system.errors).toMatchObject([
      {
        status: null,
        message: expect.stringContaining(`alerts.1.${path}`),
        body: expect.stringContaining("odd"),
      },
    ]);
  });

  test("names twenty of the alerts that it leaves out, and counts the others", async () => {
    const { system, alert, post } = await integrated();
    await post([alert("Disk"), ...Array.from({ length: 30 }, () => null)] as object[]);
    expect(await system.incidents()).toHaveLength(1);
    expect(system.errors).toHaveLength(21);
    expect(system.errors.at(-1)).toMatchObject({ message: "Rejected: 10 more of 31" });
  });

  test.each([[[]], [null]])("takes a group with %j for alerts, which says nothing", async (alerts) => {
    const { system, post } = await integrated();
    const reply = await post(alerts as object[], { status: "resolved", commonLabels: null });
    expect([reply.status, await system.alerts(), system.errors]).toEqual([200, [], []]);
  });

  test("calls an alert without a name and a summary by its labels", async () => {
    const { system, post } = await integrated();
    const labels = { job: "node", instance: "db-1" };
    await post([{ status: "firing", labels, annotations: { runbook_url: "https://example.com" } }]);
    expect(await system.incidents()).toMatchObject([{ title: "[HIGH] checkout: job=node, instance=db-1" }]);
  });

  test("reports invalid fields with their paths, if everything is invalid", async () => {
    const { system, alert, post } = await integrated();
    const reply = await post([alert("Disk", { labels: {} })]);
    expect([reply.status, reply.json().errors]).toEqual([
      422,
      [{ path: "alerts.0.labels", message: "must not be empty" }],
    ]);
    expect(await system.alerts()).toEqual([]);
    expect(system.errors).toMatchObject([{ status: 422 }]);
    const small = { status: "firing", labels: { a: "b" } };
    expect((await post(Array.from({ length: 2_001 }, () => small))).status).toBe(422);
    expect((await post([small])).status).toBe(200);
  });
});

describeClientLabels("alertmanager", { "a group": alertGroup });
