/** Resources that a client reads, changes and puts back whole, on real emulators. */
import { describe, expect, test } from "vitest";
import { call, handlerOf } from "../support/functions/lambda.ts";
import { functionsOnEmulators } from "../support/platform/functions-on-emulators.ts";

functionsOnEmulators();

type Resource = Record<string, unknown>;

async function ask(name: string, method: string, path: string, body?: unknown) {
  const reply = await call(await handlerOf(name), { method, path: `/api/v1${path}`, body });
  return { status: reply.status, body: reply.json<Resource>() };
}

const ada = { name: "Ada", email: "ada@example.com" };
const bob = { name: "Bob", email: "bob@example.com" };
const members = [
  { ...ada, role: "primary" },
  { ...bob, role: "secondary" },
];
const method = { id: "mail", channel: "email", address: "ada@example.com" };
const layers = [
  {
    name: "days",
    role: "primary",
    rotation: { unit: "week", length: 1, starts_on: "2026-11-23" },
    members: [ada, bob],
    restrictions: [{ type: "daily", start: "08:00", end: "20:00" }],
  },
];

const schedule = {
  get: (team: string) => ask("oncall/schedules/get-schedule", "GET", `/schedules/${team}`),
  put: (team: string, body: unknown) =>
    ask("oncall/schedules/replace-schedule", "PUT", `/schedules/${team}`, body),
};

/** Without what tells only of when it was written. */
function content({ updated_at: _, version: __, in_force_from: ___, ...rest }: Resource): Resource {
  return rest;
}

describe("what is read can be put back, and changes nothing", () => {
  test.each([
    ["daily", { rotation_type: "daily", members, timezone: "Europe/Berlin" }],
    ["weekly", { rotation_type: "weekly", members, handoff_day: "friday" }],
    ["biweekly", { rotation_type: "biweekly", members, starts_on: "2026-11-23" }],
    ["layered", { timezone: "Europe/Berlin", layers }],
  ])("a %s schedule", async (team, plan) => {
    expect(
      (await ask("oncall/schedules/create-schedule", "POST", "/schedules", { team, ...plan })).status,
    ).toBe(201);
    const { body } = await schedule.get(team);
    expect(await schedule.put(team, body)).toMatchObject({ status: 200, body: content(body) });
    expect(content((await schedule.get(team)).body)).toEqual(content(body));
  });

  test("an escalation policy", async () => {
    const path = "/teams/weekly/escalation-policy";
    const { body } = await ask("oncall/get-policy", "GET", path);
    expect(await ask("oncall/put-policy", "PUT", path, body)).toMatchObject({ status: 200, body });
  });

  test("a service", async () => {
    const urgency = {
      timezone: "Europe/Berlin",
      hours: [{ type: "weekly", start_day: "monday", start: "09:00", end_day: "friday", end: "17:00" }],
      inside: "high",
      outside: "by_severity",
      raise: true,
    };
    const settings = {
      team: "weekly",
      auto_resolve_seconds: 60,
      acknowledgement_timeout_seconds: 3_600,
      runbook_url: "https://wiki.example.com/shop",
      links: [{ text: "Dashboard", href: "https://grafana.example.com/d/shop" }],
      description: "Sells things.",
      urgency,
    };
    await ask("oncall/services/put-service", "PUT", "/services/shop", settings);
    const { body: shop } = await ask("oncall/services/get-service", "GET", "/services/shop");
    expect(shop).toMatchObject(settings);
    expect((await ask("oncall/services/list-services", "GET", "/services")).body.services).toEqual([shop]);
    expect(await ask("oncall/services/put-service", "PUT", "/services/shop", shop)).toMatchObject({
      status: 200,
      body: content(shop),
    });
    // The settings that a request omits return to their defaults.
    await ask("oncall/services/put-service", "PUT", "/services/shop", { team: "weekly" });
    expect((await ask("oncall/services/get-service", "GET", "/services/shop")).body).toMatchObject({
      runbook_url: null,
      links: [],
      urgency: "high",
    });
  });

  test("a user", async () => {
    const path = "/users/ada@example.com";
    await ask("access/put-user", "PUT", path, { name: "Ada", contact_methods: [method] });
    const { body } = await ask("access/get-user", "GET", path);
    expect(await ask("access/put-user", "PUT", path, body)).toMatchObject({
      status: 200,
      body: content(body),
    });
  });

  test("a team's channels", async () => {
    const path = "/teams/weekly/channels";
    await ask("notifications/put-team-channels", "PUT", path, { channels: [method] });
    const { body } = await ask("notifications/get-team-channels", "GET", path);
    expect(await ask("notifications/put-team-channels", "PUT", path, body)).toMatchObject({
      status: 200,
      body,
    });
  });

  test("routing rules", async () => {
    const path = "/routing-rules";
    const rules = [{ name: "databases", group: { by: ["service"], window_seconds: 60 } }];
    await ask("alerts/put-routing-rules", "PUT", path, { rules });
    const { body } = await ask("alerts/get-routing-rules", "GET", path);
    expect(await ask("alerts/put-routing-rules", "PUT", path, body)).toMatchObject({
      status: 200,
      body: content(body),
    });
  });
});

test("a change of what was read is made", async () => {
  const { body } = await schedule.get("weekly");
  const changed = await schedule.put("weekly", { ...body, timezone: "Europe/Berlin" });
  expect(changed).toMatchObject({
    status: 200,
    body: { timezone: "Europe/Berlin", rotation_type: "weekly" },
  });
});

test.each([
  ["members", { members: members.slice(0, 1) }],
  ["layers", { layers }],
])("%s that the rest contradicts are no guess", async (_, change) => {
  const { body } = await schedule.get("daily");
  const { status, body: problem } = await schedule.put("daily", { ...body, ...change });
  expect([status, problem.errors]).toEqual([
    422,
    [{ path: "layers", message: "contradict rotation_type and members. Omit one of them" }],
  ]);
  expect((await schedule.get("daily")).body).toEqual(body);
});

test("a resource that was read cannot replace another one", async () => {
  const { body } = await ask("access/get-user", "GET", "/users/ada@example.com");
  const { status, body: problem } = await ask("access/put-user", "PUT", "/users/bob@example.com", body);
  expect([status, problem.errors]).toEqual([
    422,
    [{ path: "email", message: "must be omitted, or bob@example.com as in the path" }],
  ]);
});
