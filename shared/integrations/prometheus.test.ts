import { describe, expect, test } from "vitest";
import { minutes, seconds } from "../../tests/support/builders.ts";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { alertLinks, describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";
import { formatInstant } from "../domain/time.ts";
import { changeIncident } from "../use-cases/incidents/change-incident.ts";

async function integrated() {
  const system = integrationSystem();
  const { key, integration } = await system.integrate("prometheus");
  const began = system.now();
  const path = `/integrations/${key}/api/v2`;
  const post = (alerts: readonly object[]) =>
    system.ask({ method: "POST", path: `${path}/alerts`, body: alerts });
  /** As Prometheus tells it at this moment, with its own delay of a minute. */
  const firing = (fields: object = {}) => ({
    labels: { alertname: "Down", instance: "web-1" },
    annotations: { summary: "Nobody there" },
    startsAt: formatInstant(began),
    endsAt: formatInstant(system.now() + minutes(4)),
    ...fields,
  });
  const get = (what: string, query = "") => system.ask({ path: `${path}/${what}`, query });
  const resolve = async () => {
    const [incident] = await system.incidents();
    const commands = [{ type: "move", to: "resolved", actor: "ada" }] as const;
    const change = { commands, note: null, actor: "ada" };
    await changeIncident(system.deps, incident?.id ?? "", change, system.now());
  };
  return { system, key, integration, post, get, firing, resolve };
}

/** Every minute, as Prometheus does. */
async function everyMinute(count: number, { system, post, firing }: Awaited<ReturnType<typeof integrated>>) {
  for (let minute = 0; minute < count; minute += 1) {
    await post([firing()]);
    const next = system.now() + minutes(1);
    await system.settle({ within: minutes(1) });
    system.waitUntil(next);
  }
}

describe("an Alertmanager for Prometheus", () => {
  test("answers 200 with nothing", async () => {
    const { system, post, firing, key } = await integrated();
    const reply = await post([firing()]);
    expect([reply.status, reply.text]).toEqual([200, ""]);
    const bearer = { authorization: `Bearer ${key}` };
    const byHeader = { method: "POST", path: "/api/v2/alerts", headers: bearer, body: [firing()] };
    expect((await system.ask(byHeader)).status).toBe(200);
    expect((await post([])).status).toBe(200);
  });

  test("accepts a single alert, and a list that Go has written as null", async () => {
    const { system, post, firing } = await integrated();
    const odd = firing({ labels: { alertname: "Odd", shard: 7 }, annotations: { summary: null, value: 5 } });
    const reply = await post([firing({ labels: {} }), odd, 5 as never]);
    expect([reply.status, reply.text]).toEqual([200, ""]);
    expect(await system.incidents()).toMatchObject([{ title: "[HIGH] checkout: Odd" }]);
    expect(system.errors).toMatchObject([
      { status: null, message: expect.stringContaining("0.labels") },
      { status: null, message: expect.stringContaining("Rejected: 2") },
    ]);
    expect((await post("null" as never)).status).toBe(200);
  });

  test("keeps an incident open while alerts repeat, with half of the repetitions missing", async () => {
    const all = await integrated();
    await everyMinute(20, all);
    expect(await all.system.incidents()).toMatchObject([{ status: "open", alertCount: 10 }]);
    await all.system.settle({ within: minutes(4) });
    expect(await all.system.incidents()).toMatchObject([{ status: "resolved", resolvedBy: "auto-resolve" }]);
  });

  test("resolves it when the resolve event arrives, however often", async () => {
    const { system, post, firing } = await integrated();
    await post([firing()]);
    await system.pump();
    system.advance(minutes(1));
    const over = firing({ endsAt: formatInstant(system.now() - seconds(1)) });
    for (let minute = 0; minute < 15; minute += 1) {
      await post([over]);
      await system.pump();
      system.advance(minutes(1));
    }
    expect(await system.incidents()).toMatchObject([{ status: "resolved", alertCount: 2 }]);
    expect((await system.alerts()).map(({ outcome }) => outcome)).toEqual([
      "new_incident",
      "existing_incident",
    ]);
  });

  test("does not pass over the end of what has only just come", async () => {
    const { system, post, firing } = await integrated();
    await post([firing()]);
    await post([firing({ endsAt: formatInstant(system.now()) })]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test.each([["0001-01-01T00:00:00.000Z"], [undefined], ["soon"]])(
    "takes five minutes for an end of %s",
    async (endsAt) => {
      const { system, post, firing } = await integrated();
      await post([firing({ endsAt })]);
      const began = system.now();
      await system.settle({ within: minutes(6) });
      expect(await system.incidents()).toMatchObject([{ resolvedAt: began + minutes(5) }]);
    },
  );

  test("forwards a higher severity immediately", async () => {
    const { system, post, firing } = await integrated();
    const labels = { alertname: "Down", instance: "web-1" };
    // The fingerprint is that of all labels: a rule of another severity is another alert.
    await post([firing({ labels: { ...labels, severity: "warning" } })]);
    await post([firing({ labels: { ...labels, severity: "critical" } })]);
    expect(await system.incidents()).toMatchObject([{ severity: "medium" }, { severity: "critical" }]);
  });

  test("treats repetitions after a resolve as late, and a later start as new", async () => {
    const { system, post, firing, resolve } = await integrated();
    await post([firing()]);
    system.advance(minutes(1));
    await resolve();
    system.advance(minutes(1));
    await post([firing()]);
    expect(await system.incidents()).toMatchObject([{ resolvedBy: "ada" }]);
    expect((await system.alerts()).at(-1)).toMatchObject({ outcome: "dropped" });
    await post([firing({ startsAt: formatInstant(system.now()) })]);
    expect(await system.incidents()).toMatchObject([{ resolvedBy: "ada" }, { status: "open" }]);
  });

  test.each([
    ["no list", {}, /^must be an array$/],
    ["no labels", [{ annotations: {} }], /^0\.labels /],
    ["labels that say nothing", [{ labels: { a: "" } }], /must not be empty/],
  ])("refuses %s with a text in JSON", async (_, body, expected) => {
    const { system, post } = await integrated();
    const reply = await post(body as []);
    expect(reply.status).toBe(400);
    expect(reply.json<string>()).toMatch(expected);
    expect(system.errors).toHaveLength(1);
  });
});

describe("an Alertmanager for amtool", () => {
  test("shows what fires, and with which labels", async () => {
    const { system, integration, post, get, firing } = await integrated();
    await post([firing(), firing({ labels: { alertname: "Slow" }, annotations: undefined })]);
    await system.pump();
    const all = (await get("alerts")).json<{ labels: { alertname: string } }[]>();
    expect(all).toMatchObject([
      { labels: { alertname: "Slow" }, annotations: {} },
      {
        labels: { alertname: "Down", instance: "web-1" },
        annotations: { summary: "Nobody there" },
        startsAt: formatInstant(system.now()),
        endsAt: formatInstant(system.now() + minutes(4)),
        status: { state: "active" },
        receivers: [{ name: "default" }],
      },
    ]);
    expect(JSON.stringify(all)).not.toContain(integration.id);
  });

  test.each([
    ["alertname=Down", ["Down"]],
    ['alertname = "Down"', ["Down"]],
    ['alertname!="Down"', ["Slow"]],
    ['instance=""', ["Slow"]],
    ["alertname=~D.*", ["Down"]],
    ['alertname!~"Down|Up"', ["Slow"]],
    ['"alertname"="Down"', ["Down"]],
    ['"a \\"b\\" 🙂" = "c\\\\d"', ["Down"]],
  ])("shows those of %s", async (filter, expected) => {
    const { system, post, get, firing } = await integrated();
    const labels = { alertname: "Down", instance: "web-1", 'a "b" 🙂': "c\\d" };
    await post([firing({ labels }), firing({ labels: { alertname: "Slow" } })]);
    await system.pump();
    const reply = await get("alerts", new URLSearchParams({ filter }).toString());
    const found = reply.json<{ labels: { alertname: string } }[]>();
    expect(found.map(({ labels }) => labels.alertname)).toEqual(expected);
  });

  test.each(["alertname=~(", 'alertname!~"[a"', "Down", "=", '""="x"'])(
    "refuses the matcher %s",
    async (filter) => {
      const { get } = await integrated();
      const reply = await get("alerts", new URLSearchParams({ filter }).toString());
      expect([reply.status, typeof reply.json()]).toEqual([400, "string"]);
    },
  );

  test("returns its state with all fields that amtool reads", async () => {
    const { get } = await integrated();
    const status = (await get("status")).json<Record<string, object>>();
    expect(status).toMatchObject({ cluster: { status: "disabled" }, config: { original: "" } });
    expect(Object.keys(status.versionInfo ?? {})).toHaveLength(6);
  });
});

describeClientLabels("prometheus", {
  "an alert": { path: "/api/v2/alerts", body: (labels, own) => [{ labels, ...(own && alertLinks) }] },
});
