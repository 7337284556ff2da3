import { describe, expect, test } from "vitest";
import { minutes } from "../../tests/support/builders.ts";
import { doorWorld } from "../../tests/support/door-world.ts";
import { formatInstant } from "../domain/time.ts";

async function integrated() {
  const world = doorWorld();
  const { key, integration } = await world.integrate("alertmanager");
  const startsAt = formatInstant(world.now() - minutes(1)).replace("Z", "123456Z");
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
    world.ask({ method: "POST", path: `/integrations/${key}`, body: { version: "4", alerts, ...fields } });
  return { world, integration, alert, post };
}

describe("Alertmanager's webhook", () => {
  test("opens an incident for each alert of a group, and resolves the one that is over", async () => {
    const { world, integration, alert, post } = await integrated();
    expect((await post([alert("Disk"), alert("Memory")])).status).toBe(200);
    await post([alert("Disk"), alert("Memory", { status: "resolved", endsAt: formatInstant(world.now()) })]);
    expect(await world.incidents()).toMatchObject([
      { dedupKey: `${integration.id}:disk`, status: "open", severity: "medium", alertCount: 2 },
      { dedupKey: `${integration.id}:memory`, status: "resolved", resolvedBy: "Alertmanager" },
    ]);
  });

  test("keeps what the alert says", async () => {
    const { world, alert, post } = await integrated();
    await post([alert("Disk")]);
    expect(await world.alerts()).toMatchObject([
      {
        message: "Disk: It is bad",
        timestamp: world.now() - minutes(1),
        labels: {
          alertname: "Disk",
          severity: "warning",
          "annotations.runbook_url": "https://example.com",
          generator_url: "http://prometheus/graph",
        },
      },
    ]);
  });

  test("knows an alert without a fingerprint by its labels, in whatever order", async () => {
    const { world, alert, post } = await integrated();
    const bare = { fingerprint: undefined };
    await post([
      alert("", { ...bare, labels: { a: "1", b: "2" } }),
      alert("", { ...bare, labels: { b: "2", a: "1" } }),
      alert("", { ...bare, labels: { a: "2", b: "1" } }),
    ]);
    expect(await world.incidents()).toMatchObject([{ alertCount: 2 }, { alertCount: 1 }]);
  });

  test("does not resolve by itself, and counts what it repeats", async () => {
    const { world, alert, post } = await integrated();
    await post([alert("Disk")]);
    await world.settle({ within: minutes(600) });
    await post([alert("Disk")]);
    expect(await world.incidents()).toMatchObject([{ status: "open", alertCount: 2 }]);
  });

  test.each([
    ["page", "critical"],
    ["none", "low"],
    ["constructor", "high"],
    [undefined, "high"],
  ])("with the severity %s is %s", async (severity, expected) => {
    const { world, alert, post } = await integrated();
    await post([alert("Disk", { labels: { alertname: "Disk", severity } })]);
    expect(await world.incidents()).toMatchObject([{ severity: expected }]);
  });

  test("says so where Alertmanager left alerts out", async () => {
    const { world, alert, post } = await integrated();
    await post([alert("Disk")], { truncatedAlerts: 3 });
    expect(world.errors).toMatchObject([
      { status: null, message: "3 alerts were left out of a group: raise max_alerts" },
    ]);
  });

  test("tells what it did not understand, and where", async () => {
    const { world, alert, post } = await integrated();
    const reply = await post([alert("Disk"), alert("Disk", { labels: {} })]);
    expect([reply.status, reply.json().errors]).toEqual([
      422,
      [{ path: "alerts.1.labels", message: "must name something" }],
    ]);
    expect(await world.alerts()).toEqual([]);
    const small = { status: "firing", labels: { a: "b" } };
    expect((await post(Array.from({ length: 2_001 }, () => small))).status).toBe(422);
    expect((await post([small])).status).toBe(200);
  });
});
