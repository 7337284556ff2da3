/** Integrations through the functions, on real emulators: from making one to what came in through it. */
import { beforeAll, describe, expect, test } from "vitest";
import type { LambdaHandler } from "../../shared/http/lambda.ts";
import { monday, unique } from "../support/builders.ts";
import { call, type HttpRequest, handlerOf } from "../support/functions/lambda.ts";
import { at, onCallApi } from "../support/functions/on-call-api.ts";
import { exampleRequest } from "../support/integration-examples.ts";

const api = onCallApi();
let receive: LambdaHandler;
beforeAll(async () => {
  receive = await handlerOf("integrations/receive-event");
});

const make = (fields: object = {}) =>
  api.ok("POST /api/v1/integrations", {
    name: unique("integration "),
    type: "generic",
    service: "Checkout ",
    ...fields,
  }) as Promise<{ id: string; key: string; url: string }>;
const send = (request: HttpRequest) => call(receive, request);
const event = (key: string, title = "down") =>
  send({ method: "POST", path: `/integrations/${key}`, body: { title } });

describe("an integration", () => {
  test("is created with a key and a URL that are shown once", async () => {
    const team = unique("team-");
    const service = unique("service-");
    const made = await make({ name: "disks 🚀", service, team });
    expect(made).toEqual({
      id: expect.stringMatching(/^int_/),
      name: "disks 🚀",
      type: "generic",
      service,
      settings: { mapping: {} },
      url: `http://localhost:8080/integrations/${made.key}`,
      email_address: null,
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
      created_at: "2026-11-23T10:00:00.000Z",
      rotated_at: null,
      last_event_at: null,
      event_count: 0,
      error_count: 0,
    });
    const { key, ...shown } = { ...made, url: "http://localhost:8080/integrations/{key}" };
    expect(await api.ok(`GET /api/v1/integrations/${made.id}`)).toEqual({ ...shown, errors: [] });
    expect((await api.ok("GET /api/v1/integrations")).integrations).toContainEqual(shown);
    const { services } = await api.ok("GET /api/v1/services");
    expect(services.find((each: { service: string }) => each.service === service)).toMatchObject({ team });
  });

  test.each([
    ["a type that there is none of", { type: "smoke" }, ["type"]],
    [
      "a mapping of a field that there is none of",
      { settings: { mapping: { colour: "$.x" } } },
      ["settings.mapping.colour"],
    ],
    [
      "a mapping that is no path",
      { settings: { mapping: { message: "$..x" } } },
      ["settings.mapping.message"],
    ],
    [
      "settings that its type has not",
      { type: "pagerduty", settings: { mapping: {} } },
      ["settings.mapping"],
    ],
    ["a service without a name", { service: " " }, ["service"]],
  ])("is not made of %s", async (_, fields, paths) => {
    const body = { name: "x", type: "generic", service: "checkout", ...fields };
    expect(await api.refusal("POST /api/v1/integrations", body)).toEqual({ status: 422, paths });
  });

  test("shows what came in through it, and what was not understood", async () => {
    const { id, key } = await make();
    expect((await event(key)).status).toBe(202);
    const refused = await send({
      method: "POST",
      path: `/integrations/${key}`,
      body: { password: "x", n: 1 },
    });
    expect(refused.status).toBe(422);
    expect(await api.ok(`GET /api/v1/integrations/${id}`)).toMatchObject({
      last_event_at: "2026-11-23T10:00:00.000Z",
      event_count: 1,
      errors: [
        {
          at: "2026-11-23T10:00:00.000Z",
          status: 422,
          message: expect.stringContaining("the body has no message"),
          excerpt: '{"password":"…","n":1}',
        },
      ],
    });
  });

  test("rejects its old key ten seconds after a rotation, and every key once it is deleted", async () => {
    const { id, key } = await make();
    expect((await event(key)).status).toBe(202);
    const rotated = await api.ok(`POST /api/v1/integrations/${id}/rotate`);
    expect(rotated).toMatchObject({ id, rotated_at: "2026-11-23T10:00:00.000Z" });
    expect(rotated.key).not.toBe(key);
    at(new Date(monday + 10_000).toISOString());
    expect((await event(key)).status).toBe(401);
    expect((await event(rotated.key)).status).toBe(202);
    expect(await api.ok(`DELETE /api/v1/integrations/${id}`)).toMatchObject({ id });
    expect((await api(`GET /api/v1/integrations/${id}`)).status).toBe(404);
    at(new Date(monday + 20_000).toISOString());
    expect((await event(rotated.key)).status).toBe(401);
  });

  test.each([
    ["POST /api/v1/integrations", { name: "\n", type: "generic", service: "ledger" }, "name"],
    ["POST /api/v1/heartbeats", { name: " ", service: "ledger", interval_seconds: 60 }, "name"],
    [
      "POST /api/v1/silences",
      { matchers: [{ field: "service", op: "=", value: "x" }], duration_seconds: 60, comment: "  " },
      "comment",
    ],
  ])("has no blank name, like other resources: %s", async (line, body, path) => {
    const { status, text } = await api(line, body);
    expect([status, JSON.parse(text).errors]).toEqual([422, [{ path, message: "must not be blank" }]]);
  });

  test("is changed under its key, and keeps what a patch does not name", async () => {
    const { id, key } = await make({ type: "grafana", settings: { secret: "s3cret" } });
    const path = `/api/v1/integrations/${id}`;
    const [service, team] = [unique("service-"), unique("team-")];
    const changed = await api.ok(`PATCH ${path}`, {
      name: "graphs",
      service,
      team,
      settings: { secret: "…" },
    });
    expect(changed).toMatchObject({
      id,
      name: "graphs",
      type: "grafana",
      service,
      settings: { secret: "…" },
    });
    expect(changed.key).toBeUndefined();
    at(new Date(monday + 10_000).toISOString());
    // The secret is still required, and the key still found.
    expect((await event(key)).status).toBe(401);
    await api.ok(`PATCH ${path}`, { settings: { secret: null } });
    expect(await api.ok(`GET ${path}`)).toMatchObject({ name: "graphs", settings: {} });
    const faults = async (body: object) => {
      const { status, text } = await api(`PATCH ${path}`, body);
      return [status, JSON.parse(text).errors?.map(({ path }: { path: string }) => path)];
    };
    expect(await faults({ settings: { colour: 1 } })).toEqual([422, ["settings.colour"]]);
    expect(await faults({ type: "generic" })).toEqual([422, ["type"]]);
    expect((await api("PATCH /api/v1/integrations/int_none", { name: "x" })).status).toBe(404);
  });

  test("lists page by page, newest first", async () => {
    const made: string[] = [];
    for (let count = 0; count < 3; count += 1) made.push((await make()).id);
    const first = await api.ok("GET /api/v1/integrations?limit=2");
    const second = await api.ok(
      `GET /api/v1/integrations?limit=1&cursor=${encodeURIComponent(first.next_cursor)}`,
    );
    expect([...first.integrations, ...second.integrations].map(({ id }: { id: string }) => id)).toEqual(
      made.toReversed(),
    );
  });

  test("takes PagerDuty's events where PagerDuty's clients send them", async () => {
    const { key } = await make({ type: "pagerduty" });
    expect((await send(exampleRequest("pagerduty", key))).status).toBe(202);
  });
});

test("a change of a service is shown on its incidents", async () => {
  const service = unique("service-");
  const { key } = await make({ type: "pagerduty", service });
  const change = { routing_key: key, payload: { summary: "Deployed 1.2", source: "CI" } };
  expect((await send({ method: "POST", path: "/v2/change/enqueue", body: change })).status).toBe(202);
  at("2026-11-23T10:01:00Z");
  const incident = await api.ok("POST /api/v1/incidents", { title: "down", service, severity: "high" });
  at("2026-11-23T10:02:00Z");
  expect((await api.ok(`GET /api/v1/incidents/${incident.id}`)).changes).toEqual([
    {
      id: expect.stringMatching(/^chg_/),
      at: "2026-11-23T10:00:00.000Z",
      summary: "Deployed 1.2",
      source: "CI",
      links: [],
      details: {},
    },
  ]);
});
