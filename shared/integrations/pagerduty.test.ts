import { describe, expect, test } from "vitest";
import { type IntegrationSystem, integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";

const payload = { summary: "p99 is high", source: "web-1", severity: "error" };

async function integrated() {
  const system = integrationSystem();
  const { key, integration } = await system.integrate("pagerduty");
  const post = (path: string, body: object) =>
    system.ask({
      method: "POST",
      path,
      body: { [path.startsWith("/v2") ? "routing_key" : "service_key"]: key, ...body },
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
  return { system, integration, post };
}
const v1 = "/generic/2010-04-15/create_event.json";

describe("PagerDuty's Events API v2", () => {
  test("opens, acknowledges and resolves the incident of a dedup key", async () => {
    const { system, integration, post } = await integrated();
    const trigger = { event_action: "trigger", dedup_key: "p99", payload, client: "Zabbix" };
    const reply = await post("/v2/enqueue", trigger);
    expect([reply.status, reply.json()]).toEqual([
      202,
      { status: "success", message: "Event processed", dedup_key: "p99" },
    ]);
    const status = async () => (await system.incidents()).map((incident) => incident.status);
    expect(await status()).toEqual(["open"]);
    await post("/v2/enqueue/", { event_action: "acknowledge", dedup_key: "p99", payload: null });
    expect(await status()).toEqual(["acknowledged"]);
    await post("/v2/enqueue", { event_action: "resolve", dedup_key: "p99" });
    expect(await system.incidents()).toMatchObject([
      { status: "resolved", severity: "high", source: "Zabbix", dedupKey: `${integration.id}:p99` },
    ]);
  });

  test("shows what an event says besides as labels", async () => {
    const { system, post } = await integrated();
    await post("/v2/enqueue", {
      event_action: "trigger",
      payload: {
        ...payload,
        component: "db",
        timestamp: null,
        custom_details: { free: 3, list: [1], none: null },
      },
      client_url: "https://example.com",
      links: [{ href: "https://example.com/run", text: "Runbook" }],
    });
    expect((await system.alerts())[0]?.labels).toEqual({
      source: "web-1",
      component: "db",
      client_url: "https://example.com",
      links: '[{"href":"https://example.com/run","text":"Runbook"}]',
      free: 3,
      list: "[1]",
    });
  });

  test("makes a dedup key for a trigger without one", async () => {
    const { system, integration, post } = await integrated();
    const reply = await post("/v2/enqueue", { event_action: "trigger", payload });
    const { dedup_key: dedupKey } = reply.json<{ dedup_key: string }>();
    expect(dedupKey).toMatch(/^\w{26}$/);
    expect(await system.alerts()).toMatchObject([{ dedupKey: `${integration.id}:${dedupKey}` }]);
  });

  test("takes what resolves nothing, and drops it", async () => {
    const { system, post } = await integrated();
    const reply = await post("/v2/enqueue", { event_action: "resolve", dedup_key: "never seen" });
    expect(reply.status).toBe(202);
    expect(await system.alerts()).toMatchObject([{ outcome: "dropped" }]);
  });

  test.each([
    ["no action", { payload }, "'event_action' must be one of trigger, acknowledge, resolve"],
    ["no payload", { event_action: "trigger" }, "'payload' is required"],
    [
      "a summary of nothing",
      { event_action: "trigger", payload: { ...payload, summary: " " } },
      "'payload.summary' is missing or blank",
    ],
    [
      "a severity of its own",
      { event_action: "trigger", payload: { ...payload, severity: "bad" } },
      "'payload.severity' must be one of critical, error, warning, info",
    ],
    ["nothing to resolve", { event_action: "resolve", dedup_key: "" }, "'dedup_key' is missing or blank"],
    [
      "too long a dedup key",
      { event_action: "resolve", dedup_key: "x".repeat(256) },
      "'dedup_key' may have 255 characters",
    ],
  ])("refuses an event with %s in PagerDuty's words", async (_, body, error) => {
    const { system, post } = await integrated();
    const reply = await post("/v2/enqueue", body);
    expect([reply.status, reply.json()]).toEqual([
      400,
      { status: "invalid event", message: "Event object is invalid", errors: [error] },
    ]);
    expect(system.errors).toMatchObject([{ status: 422 }]);
  });

  test.each([
    ["none", undefined],
    ["too short a one", "x"],
  ])("reports the length of keys for %s", async (_, routing_key) => {
    const { post } = await integrated();
    const reply = await post("/v2/enqueue", { event_action: "trigger", payload, routing_key });
    expect([reply.status, reply.json().errors]).toEqual([
      400,
      ["Length of 'routing_key' is incorrect (should be 32 characters)"],
    ]);
  });

  test.each(["/v2/enqueue", "/v2/change/enqueue"])("finds the key in a header at %s", async (path) => {
    const { system, integration } = await integrated();
    const { key } = await system.integrate("pagerduty");
    const send = (body: object, routingKey: string) =>
      system.ask({ method: "POST", path, body, headers: { "X-Routing-Key": routingKey } });
    const event = { event_action: "trigger", dedup_key: "p99", payload };
    expect((await send(event, key)).status).toBe(202);
    expect((await send({ ...event, routing_key: "" }, key)).status).toBe(202);
    expect((await send(event, "x")).json().errors).toEqual([
      "Length of 'routing_key' is incorrect (should be 32 characters)",
    ]);
    expect(system.errors.filter(({ integrationId }) => integrationId !== integration.id)).toEqual([]);
  });

  test("takes an event whose optional fields are of another type", async () => {
    const { system, post } = await integrated();
    const odd = { timestamp: 1_764_000_000, component: { name: "db" }, group: ["a"], class: 7 };
    const reply = await post("/v2/enqueue", {
      event_action: "trigger",
      dedup_key: 4711,
      payload: { ...payload, severity: "Critical", ...odd, custom_details: ["full", 3] },
      client: { name: "x" },
      client_url: 5,
      links: "https://example.com",
      images: {},
    });
    expect([reply.status, reply.json().dedup_key]).toEqual([202, "4711"]);
    expect(await system.alerts()).toMatchObject([
      {
        severity: "critical",
        source: "PagerDuty Events",
        labels: { class: "7", client_url: "5", details: '["full",3]', links: "https://example.com" },
      },
    ]);
    const resolved = { event_action: "resolve", dedup_key: 4711, payload: "gone", client: [] };
    expect((await post("/v2/enqueue", resolved)).status).toBe(202);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
    const unkeyed = { event_action: "trigger", payload, dedup_key: { a: 1 } };
    expect((await post("/v2/enqueue", unkeyed)).json().dedup_key).toMatch(/^\w{26}$/);
  });

  test("rejects an unknown key", async () => {
    const { post } = await integrated();
    const reply = await post("/v2/enqueue", {
      event_action: "trigger",
      payload,
      routing_key: "f".repeat(32),
    });
    expect([reply.status, reply.json().status]).toEqual([400, "invalid event"]);
  });

  test("takes 120 events a minute of each key, of v1 with a status of its own", async () => {
    const { system, post } = await integrated();
    const { post: other } = { post: (await another(system)).post };
    const trigger = { event_action: "trigger", dedup_key: "x", payload };
    for (let sent = 0; sent < 120; sent += 1) expect((await post("/v2/enqueue", trigger)).status).toBe(202);
    const refused = await post("/v2/enqueue", trigger);
    expect([refused.status, refused.headers["retry-after"], refused.json().status]).toEqual([
      429,
      "1",
      "throttle exceeded",
    ]);
    expect((await post(v1, { event_type: "trigger", description: "x" })).status).toBe(403);
    expect((await other("/v2/enqueue", trigger)).status).toBe(202);
    system.advance(60_000);
    expect((await post("/v2/enqueue", trigger)).status).toBe(202);
  });
});

async function another(system: IntegrationSystem) {
  const { key } = await system.integrate("pagerduty");
  return {
    post: (path: string, body: object) =>
      system.ask({ method: "POST", path, body: { routing_key: key, ...body } }),
  };
}

describe("PagerDuty's change events", () => {
  test("are kept with the service, bounded", async () => {
    const { system, integration, post } = await integrated();
    const reply = await post("/v2/change/enqueue", {
      payload: { summary: "Deployed 1.2", source: "CI", custom_details: { commit: "abc" } },
      links: [{ href: "https://ci.example.com/7" }],
    });
    expect([reply.status, reply.json().status]).toEqual([202, "success"]);
    expect(
      await system.changes.between(integration.service, system.now() - 1, system.now() + 1),
    ).toMatchObject([
      {
        summary: "Deployed 1.2",
        source: "CI",
        at: system.now(),
        links: [{ href: "https://ci.example.com/7", text: null }],
        details: { commit: "abc" },
      },
    ]);
    expect(await system.incidents()).toEqual([]);
  });

  test("are kept although their optional fields are of another type", async () => {
    const { system, integration, post } = await integrated();
    const reply = await post("/v2/change/enqueue", {
      payload: { summary: "Deployed 1.3", source: ["CI"], timestamp: {}, custom_details: "none" },
      links: [7, { href: "https://ci.example.com/8", text: 8 }, { text: "no address" }],
      images: "x",
    });
    expect(reply.status).toBe(202);
    expect(
      await system.changes.between(integration.service, system.now() - 1, system.now() + 1),
    ).toMatchObject([
      {
        summary: "Deployed 1.3",
        source: null,
        links: [{ href: "https://ci.example.com/8", text: "8" }],
        details: { details: "none" },
      },
    ]);
  });

  test("need a summary", async () => {
    const { post } = await integrated();
    const reply = await post("/v2/change/enqueue", { payload: {} });
    expect([reply.status, reply.json().status]).toEqual([400, "invalid event"]);
  });
});

describe("PagerDuty's Events API v1", () => {
  test("accepts the events that Alertmanager sends", async () => {
    const { system, post } = await integrated();
    const event = { event_action: "", payload: null, incident_key: "group", client: "Alertmanager" };
    const reply = await post(v1, {
      ...event,
      event_type: "trigger",
      description: "Down",
      details: { firing: "web" },
    });
    expect([reply.status, reply.json()]).toEqual([
      200,
      { status: "success", message: "Event processed", incident_key: "group" },
    ]);
    await post(v1, { ...event, event_type: "resolve", description: "Up" });
    expect(await system.incidents()).toMatchObject([
      { status: "resolved", alertCount: 2, source: "Alertmanager" },
    ]);
    expect((await system.alerts())[0]).toMatchObject({ message: "Down", labels: { firing: "web" } });
  });

  test("takes an event whose optional fields are of another type", async () => {
    const { system, post } = await integrated();
    const event = { event_type: "trigger", description: "Down", details: 5, client: {}, contexts: 1 };
    expect((await post(v1, { ...event, incident_key: 12, client_url: [] })).json().incident_key).toBe("12");
    expect(await system.alerts()).toMatchObject([{ message: "Down", labels: { details: 5 } }]);
  });

  test.each([
    [{ event_type: "trigger" }, "'description' is missing or blank"],
    [{ event_type: "resolve" }, "'incident_key' is missing or blank"],
    [{}, "'event_type' must be one of trigger, acknowledge, resolve"],
  ])("refuses %j", async (body, error) => {
    const { post } = await integrated();
    const reply = await post(v1, body);
    expect([reply.status, reply.json().errors]).toEqual([400, [error]]);
  });
});

const links = { client: "Prometheus", client_url: "https://example.com/c", links: "wiki", images: "graph" };
describeClientLabels("pagerduty", {
  "an event of v2": {
    path: "/v2/enqueue",
    body: (custom_details, own) => ({
      event_action: "trigger",
      payload: {
        summary: "Down",
        source: "web-1",
        severity: "error",
        custom_details,
        ...(own && { component: "api", group: "production", class: "latency" }),
      },
      ...(own && links),
    }),
  },
  "an event of v1": {
    path: "/generic/2010-04-15/create_event.json",
    body: (details, own) => ({
      event_type: "trigger",
      description: "Down",
      details,
      ...(own && { client: links.client, client_url: links.client_url, contexts: "graph" }),
    }),
  },
});
