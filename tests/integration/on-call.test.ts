/** The sentences of the contract's section On-call, one by one. The engine's own cases are beside the domain. */
import { describe, expect, test } from "vitest";
import { ada, bob, cyd, unique } from "../support/builders.ts";
import { aTeam, at, onCallApi } from "../support/functions/on-call-api.ts";

const api = onCallApi();

const primary = (person: typeof ada) => ({ ...person, role: "primary" });
const secondary = (person: typeof ada) => ({ ...person, role: "secondary" });

const simple = (fields: Record<string, unknown> = {}) => ({
  rotation_type: "weekly",
  members: [primary(ada), primary(bob)],
  starts_on: "2026-11-23",
  ...fields,
});

const layer = (fields: Record<string, unknown> = {}, rotation: Record<string, unknown> = {}) => ({
  name: "round the clock",
  role: "primary",
  rotation: { unit: "week", length: 1, handoff_time: "09:00", starts_on: "2026-11-23", ...rotation },
  members: [ada, bob],
  ...fields,
});

const create = async (plan: Record<string, unknown> = simple()) => {
  const team = aTeam();
  const schedule = await api.ok("POST /api/v1/schedules", { team, ...plan });
  return { team, schedule };
};

const shiftsOf = async (team: string, from: string, to: string, role = "primary"): Promise<string[]> => {
  const { shifts } = await api.ok(`GET /api/v1/oncall/shifts?team=${team}&from=${from}&to=${to}`);
  return shifts
    .filter((shift: { role: string }) => shift.role === role)
    .map((shift: Record<string, string>) => `${shift.name} ${shift.start} ${shift.end} ${shift.kind}`);
};

describe("a schedule", () => {
  test("of the simple form is weekly, UTC, Mondays at nine from the latest handoff on, unless it says otherwise", async () => {
    const { team, schedule } = await create({
      rotation_type: "weekly",
      members: [primary(ada), secondary(bob)],
    });
    expect(schedule).toMatchObject({
      id: expect.stringMatching(/^sch_/),
      team,
      timezone: "UTC",
      rotation_type: "weekly",
      handoff_time: "09:00",
      handoff_day: "monday",
      starts_on: "2026-11-23",
      members: [primary(ada), secondary(bob)],
      layers: [
        { name: "primary", role: "primary", members: [ada], rotation: { unit: "week", length: 1 } },
        { name: "secondary", role: "secondary", members: [bob] },
      ],
      created_at: "2026-11-23T10:00:00.000Z",
    });
    expect(await api.ok(`GET /api/v1/schedules/${team}`)).toEqual(schedule);
  });

  test("answers 201, and where it is, for a team as people write it", async () => {
    const team = aTeam();
    const reply = await api("POST /api/v1/schedules", { team: `  ${team.toUpperCase()} `, ...simple() });
    expect([reply.status, reply.headers.location]).toEqual([201, `/api/v1/schedules/${team}`]);
    expect((await api(`GET /api/v1/oncall/current?team=${team.toUpperCase()}`)).status).toBe(200);
  });

  test("of the full form comes back as it was sent, and its rotation_type is custom", async () => {
    const restrictions = [
      { type: "daily", start: "18:00", end: "08:00" },
      { type: "weekly", start_day: "friday", start: "17:00", end_day: "monday", end: "09:00" },
    ];
    const layers = [
      layer({}, { handoff_day: "monday" }),
      layer({ name: "nights", restrictions, members: [cyd] }, { unit: "month", length: 2 }),
    ];
    const { team, schedule } = await create({ timezone: "Europe/Berlin", layers });
    expect(schedule).toMatchObject({ timezone: "Europe/Berlin", rotation_type: "custom" });
    expect(schedule.layers).toEqual([{ ...layers[0], restrictions: [] }, layers[1]]);
    expect(schedule).not.toHaveProperty("members");
    expect(await api.ok(`GET /api/v1/oncall/current?team=${team}`)).toMatchObject({
      rotation_type: "custom",
      schedule_id: schedule.id,
    });
    const { layers: same } = await api.ok(`PUT /api/v1/schedules/${team}`, schedule);
    expect(same).toEqual(schedule.layers);
  });

  test("is the team's only one", async () => {
    const { team } = await create();
    expect(await api.refusal("POST /api/v1/schedules", { team, ...simple() })).toMatchObject({ status: 409 });
  });

  test.each([
    ["members", simple({ members: [] })],
    ["members", simple({ members: [secondary(ada)] })],
    ["members.1", simple({ members: [primary(ada), primary({ ...ada, name: "Her again" })] })],
    ["members.1", simple({ members: [primary(ada), primary({ ...ada, email: " ADA@example.com" })] })],
    ["members.0.email", simple({ members: [primary({ name: "Ada", email: "ada" })] })],
    ["members.0.role", simple({ members: [{ ...ada, role: "tertiary" }] })],
    ["rotation_type", simple({ rotation_type: "hourly" })],
    ["timezone", simple({ timezone: "Mars/Olympus" })],
    ["timezone", simple({ timezone: "+01:00" })],
    ["handoff_time", simple({ handoff_time: "24:00" })],
    ["handoff_day", simple({ handoff_day: "sun" })],
    ["handoff_day", simple({ handoff_day: "tuesday" })],
    ["starts_on", simple({ starts_on: "2026-02-30" })],
    ["team", { ...simple(), team: " " }],
    ["timezone", { layers: [layer()] }],
    ["layers", { timezone: "UTC", layers: [] }],
    ["layers.1.name", { timezone: "UTC", layers: [layer(), layer()] }],
    ["layers.0.members", { timezone: "UTC", layers: [layer({ members: [] })] }],
    ["layers.0.members.1", { timezone: "UTC", layers: [layer({ members: [ada, ada] })] }],
    ["layers.0.role", { timezone: "UTC", layers: [layer({ role: "boss" })] }],
    ["layers.0.rotation.unit", { timezone: "UTC", layers: [layer({}, { unit: "year" })] }],
    ["layers.0.rotation.length", { timezone: "UTC", layers: [layer({}, { length: 0 })] }],
    ["layers.0.rotation.length", { timezone: "UTC", layers: [layer({}, { length: 1.5 })] }],
    ["layers.0.rotation.handoff_day", { timezone: "UTC", layers: [layer({}, { handoff_day: "friday" })] }],
    ["layers.0.rotation.starts_on", { timezone: "UTC", layers: [layer({}, { starts_on: undefined })] }],
    ...[
      { type: "daily", start: "09:00", end: "09:00" },
      { type: "weekly", start_day: "friday", start: "09:00", end_day: "friday", end: "09:00" },
    ].map((hours): [string, Record<string, unknown>] => [
      "layers.0.restrictions.0",
      { timezone: "UTC", layers: [layer({ restrictions: [hours] })] },
    ]),
    ...[
      [
        { type: "daily", start: "22:00", end: "06:00" },
        { type: "daily", start: "05:00", end: "07:00" },
      ],
      [
        { type: "weekly", start_day: "saturday", start: "00:00", end_day: "sunday", end: "12:00" },
        { type: "weekly", start_day: "friday", start: "18:00", end_day: "monday", end: "09:00" },
      ],
    ].map((restrictions): [string, Record<string, unknown>] => [
      "layers.0.restrictions.1",
      { timezone: "UTC", layers: [layer({ restrictions })] },
    ]),
    [
      "layers.0.restrictions.0.type",
      { timezone: "UTC", layers: [layer({ restrictions: [{ type: "yearly" }] })] },
    ],
  ])("with a wrong %s is refused, also in a preview, a replacement: %j", async (path, plan) => {
    const { team } = await create();
    const refused = { status: 422, paths: [path] };
    expect(await api.refusal("POST /api/v1/schedules", { team: aTeam(), ...plan })).toEqual(refused);
    if (path === "team") return;
    const span = { from: "2026-11-23", to: "2026-11-24T00:00Z" };
    const preview = { ...plan, from: `${span.from}T00:00Z`, to: span.to };
    expect(await api.refusal("POST /api/v1/schedules/preview", preview)).toEqual(refused);
    expect(await api.refusal(`PUT /api/v1/schedules/${team}`, plan)).toEqual(refused);
  });

  test("is listed, newest first, page by page", async () => {
    const teams = [];
    for (const hour of ["11", "12", "13"]) {
      at(`2026-11-23T${hour}:00:00Z`);
      teams.unshift((await create()).team);
    }
    const first = await api.ok("GET /api/v1/schedules?limit=2");
    const second = await api.ok(`GET /api/v1/schedules?limit=1&cursor=${first.next_cursor}`);
    expect([...first.schedules, ...second.schedules].map(({ team }: { team: string }) => team)).toEqual(
      teams,
    );
    expect(await api.refusal("GET /api/v1/schedules?cursor=abc")).toEqual({ status: 422, paths: ["cursor"] });
    expect(await api.refusal(`GET /api/v1/teams?cursor=${first.next_cursor}`)).toMatchObject({ status: 422 });
  });

  test("created again with the same Idempotency-Key is the same, with another body a conflict", async () => {
    const [team, key] = [aTeam(), unique("key-")];
    const body = { team, ...simple() };
    const post = (sent: unknown) => api("POST /api/v1/schedules", sent, { "idempotency-key": key });
    const [first, again, other] = [
      await post(body),
      await post(body),
      await post({ ...body, team: aTeam() }),
    ];
    expect([first.status, again.status, other.status]).toEqual([201, 201, 409]);
    expect(again.json()).toEqual(first.json());
  });

  test("that changes holds from that moment; the past stays as it was", async () => {
    const { team } = await create();
    at("2026-12-02T12:00:00Z");
    await api.ok(`PUT /api/v1/schedules/${team}`, simple({ members: [primary(cyd)] }));
    at("2026-12-09T12:00:00Z");
    await api.ok(`PATCH /api/v1/schedules/${team}`, { members: [primary(bob)] });
    expect(await shiftsOf(team, "2026-11-23T09:00Z", "2026-12-14T00:00Z")).toEqual([
      "Ada 2026-11-23T09:00:00.000Z 2026-11-30T09:00:00.000Z rotation",
      "Bob 2026-11-30T09:00:00.000Z 2026-12-02T12:00:00.000Z rotation",
      "Cyd 2026-12-02T12:00:00.000Z 2026-12-09T12:00:00.000Z rotation",
      "Bob 2026-12-09T12:00:00.000Z 2026-12-14T00:00:00.000Z rotation",
    ]);
    const current = await api.ok(`GET /api/v1/oncall/current?team=${team}&at=2026-11-25T00:00:00`);
    expect(current).toMatchObject({ primary: ada, at: "2026-11-25T00:00:00.000Z" });
  });

  test("changed several times at once keeps every past", async () => {
    const { team } = await create();
    at("2026-12-02T12:00:00Z");
    const patches = [ada, bob, cyd].map((person) => ({ members: [primary(person)] }));
    await Promise.all(patches.map((patch) => api.ok(`PATCH /api/v1/schedules/${team}`, patch)));
    expect(await shiftsOf(team, "2026-11-23T09:00Z", "2026-11-30T00:00Z")).toEqual([
      "Ada 2026-11-23T09:00:00.000Z 2026-11-30T00:00:00.000Z rotation",
    ]);
  });

  test("patched keeps what the patch does not name", async () => {
    const plan = simple({ timezone: "Europe/Berlin", handoff_time: "08:30" });
    const { team, schedule } = await create({ ...plan, members: [...plan.members, secondary(cyd)] });
    const patch = (body: unknown) => api.ok(`PATCH /api/v1/schedules/${team}`, body);
    const { rotation_type, timezone, handoff_time, handoff_day, starts_on, members } = schedule;
    const all = { rotation_type, timezone, handoff_time, handoff_day, starts_on, members };
    expect(await patch({ timezone: "Asia/Tokyo" })).toMatchObject({ ...all, timezone: "Asia/Tokyo" });
    expect(await patch({ handoff_time: "10:00", timezone })).toMatchObject({ ...all, handoff_time: "10:00" });
    const friday = { handoff_day: "friday", starts_on: "2026-11-20" };
    expect(await patch({ handoff_day: "friday", handoff_time })).toMatchObject({ ...all, ...friday });
    const refused = { status: 422, paths: ["handoff_day"] };
    const contradiction = { handoff_day: "monday", starts_on: "2026-11-24" };
    expect(await api.refusal(`PATCH /api/v1/schedules/${team}`, contradiction)).toEqual(refused);
    expect(await patch({ rotation_type: "daily" })).toMatchObject({ rotation_type: "daily", handoff_time });
  });

  test("of layers is patched by layers or time zone; only a complete simple form makes it simple again", async () => {
    const { team } = await create({ timezone: "UTC", layers: [layer()] });
    const path = `PATCH /api/v1/schedules/${team}`;
    const moved = await api.ok(path, { timezone: "Asia/Tokyo" });
    expect(moved).toMatchObject({ timezone: "Asia/Tokyo", layers: [{ name: "round the clock" }] });
    expect(await api.refusal(path, { handoff_time: "10:00" })).toEqual({
      status: 422,
      paths: ["rotation_type", "members"],
    });
    expect(await api.ok(path, simple())).toMatchObject({ rotation_type: "weekly", timezone: "Asia/Tokyo" });
    expect(await api.refusal(path, {})).toMatchObject({ status: 422 });
    expect(await api.refusal(path, { colour: "red" })).toMatchObject({ status: 422 });
  });

  test("deleted is shown once more, and gone; another may follow", async () => {
    const { team, schedule } = await create();
    expect(await api.ok(`DELETE /api/v1/schedules/${team}`)).toEqual(schedule);
    expect(await api.refusal(`DELETE /api/v1/schedules/${team}`)).toMatchObject({ status: 404 });
    expect((await api("POST /api/v1/schedules", { team, ...simple() })).status).toBe(201);
  });

  test("previewed shows its shifts and is stored nowhere", async () => {
    const team = aTeam();
    const span = { from: "2026-11-23T00:00:00+01:00", to: "2026-12-01T00:00:00Z" };
    const { shifts } = await api.ok("POST /api/v1/schedules/preview", { team, ...simple(), ...span });
    expect(shifts.filter(({ role }: { role: string }) => role === "primary")).toEqual([
      {
        role: "primary",
        ...ada,
        start: "2026-11-23T09:00:00.000Z",
        end: "2026-11-30T09:00:00.000Z",
        kind: "rotation",
      },
      {
        role: "primary",
        ...bob,
        start: "2026-11-30T09:00:00.000Z",
        end: "2026-12-01T00:00:00.000Z",
        kind: "rotation",
      },
    ]);
    expect(await api.refusal(`GET /api/v1/schedules/${team}`)).toMatchObject({ status: 404 });
  });
});

test.each([
  ["GET /api/v1/schedules/TEAM"],
  ["PUT /api/v1/schedules/TEAM", simple()],
  ["PATCH /api/v1/schedules/TEAM", { timezone: "UTC" }],
  ["DELETE /api/v1/schedules/TEAM"],
  ["POST /api/v1/schedules/TEAM/calendar-token"],
  ["GET /api/v1/schedules/TEAM/calendar.ics?token="],
  ["GET /api/v1/oncall/current?team=TEAM"],
  ["GET /api/v1/oncall/shifts?team=TEAM&from=2026-11-23T00:00Z&to=2026-11-24T00:00Z"],
  [
    "POST /api/v1/oncall/override",
    { team: "TEAM", user_name: "Bob", user_email: bob.email, duration_hours: 1 },
  ],
  ["GET /api/v1/oncall/overrides?team=TEAM"],
  ["DELETE /api/v1/oncall/override/TEAM"],
  ["DELETE /api/v1/oncall/overrides/ovr_none"],
  ["GET /api/v1/teams/TEAM/escalation-policy"],
  ["GET /api/v1/teams/TEAM/coverage"],
  ["GET /api/v1/teams/TEAM/handoffs"],
])("%s of an unknown team is 404", async (line, body?: object) => {
  const team = aTeam();
  expect(await api.refusal(line.replace("TEAM", team), body && { ...body, team })).toMatchObject({
    status: 404,
  });
});

describe("who is on call", () => {
  test("comes with the shift, and is empty without anyone", async () => {
    const { team, schedule } = await create();
    expect(await api.ok(`GET /api/v1/oncall/current?team=${team}`)).toEqual({
      team,
      at: "2026-11-23T10:00:00.000Z",
      primary: ada,
      secondary: bob,
      schedule_id: schedule.id,
      rotation_type: "weekly",
      shift: { start: "2026-11-23T09:00:00.000Z", end: "2026-11-30T09:00:00.000Z" },
      override: null,
    });
    expect(await api.ok(`GET /api/v1/oncall/current?team=${team}&at=2026-11-22T00:00:00Z`)).toMatchObject({
      primary: null,
      secondary: null,
      shift: null,
    });
    expect(
      await api.ok(`GET /api/v1/oncall/current?team=${team}&at=2026-11-30T10:00:00%2B01:00`),
    ).toMatchObject({
      primary: bob,
      at: "2026-11-30T09:00:00.000Z",
    });
  });

  test.each([
    ["GET /api/v1/oncall/current", "team"],
    ["GET /api/v1/oncall/current?team=x&at=yesterday", "at"],
    ["GET /api/v1/oncall/shifts?team=x&from=2026-11-23T00:00Z", "to"],
    ["GET /api/v1/oncall/shifts?team=x&from=2026-11-23T00:00Z&to=2026-11-23T00:00Z", "to"],
    ["GET /api/v1/oncall/shifts?team=x&from=2026-11-23T00:00Z&to=2026-11-22T00:00Z", "to"],
    ["GET /api/v1/oncall/shifts?team=x&from=2026-01-01T00:00Z&to=2027-02-05T00:00:01Z", "to"],
    ["GET /api/v1/oncall/overrides", "team"],
    ["GET /api/v1/teams/x/handoffs?weeks=0", "weeks"],
    ["GET /api/v1/teams/x/handoffs?weeks=53", "weeks"],
  ])("%s blames %s", async (line, path) => {
    expect(await api.refusal(line)).toEqual({ status: 422, paths: [path] });
  });

  test("over 400 days is exact to the second, and adjoining segments of one person are merged", async () => {
    const { team } = await create(simple({ rotation_type: "daily", members: [primary(ada)] }));
    expect(await shiftsOf(team, "2026-11-23T00:00Z", "2027-12-28T00:00Z")).toEqual([
      "Ada 2026-11-23T09:00:00.000Z 2027-12-28T00:00:00.000Z rotation",
    ]);
  });
});

describe("an override", () => {
  const byBob = (team: string, fields: Record<string, unknown> = {}) => ({
    team,
    user_name: "Bob",
    user_email: "BOB@example.com",
    ...fields,
  });
  const post = (team: string, fields: Record<string, unknown>) =>
    api.ok("POST /api/v1/oncall/override", byBob(team, fields));

  test("of so many hours holds from now on, for the primary unless it says otherwise", async () => {
    const { team } = await create();
    const reply = await api(
      "POST /api/v1/oncall/override",
      byBob(team, { duration_hours: 2, reason: "dentist" }),
    );
    expect(reply.status).toBe(201);
    const override = reply.json();
    expect(override).toEqual({
      id: expect.stringMatching(/^ovr_/),
      team,
      role: "primary",
      user_name: "Bob",
      user_email: bob.email,
      replaces: null,
      reason: "dentist",
      starts_at: "2026-11-23T10:00:00.000Z",
      ends_at: "2026-11-23T12:00:00.000Z",
      created_at: "2026-11-23T10:00:00.000Z",
    });
    const current = await api.ok(`GET /api/v1/oncall/current?team=${team}`);
    expect(current).toMatchObject({ primary: bob, override });
    expect(current.shift).toEqual({ start: override.starts_at, end: override.ends_at });
    expect(await shiftsOf(team, "2026-11-23T09:00Z", "2026-11-23T13:00Z")).toEqual([
      "Ada 2026-11-23T09:00:00.000Z 2026-11-23T10:00:00.000Z rotation",
      "Bob 2026-11-23T10:00:00.000Z 2026-11-23T12:00:00.000Z override",
      "Ada 2026-11-23T12:00:00.000Z 2026-11-23T13:00:00.000Z rotation",
    ]);
  });

  test("of another beats it when it was created later, and one that replaces acts only on that person", async () => {
    const { team } = await create();
    const span = { starts_at: "2026-11-29T00:00:00Z", ends_at: "2026-12-01T00:00:00Z" };
    await post(team, { ...span, user_name: "Cyd", user_email: cyd.email, replaces: ada.email });
    expect(await shiftsOf(team, "2026-11-28T00:00Z", "2026-12-02T00:00Z")).toEqual([
      "Ada 2026-11-28T00:00:00.000Z 2026-11-29T00:00:00.000Z rotation",
      "Cyd 2026-11-29T00:00:00.000Z 2026-11-30T09:00:00.000Z override",
      "Bob 2026-11-30T09:00:00.000Z 2026-12-02T00:00:00.000Z rotation",
    ]);
    await post(team, span);
    expect(await shiftsOf(team, "2026-11-29T00:00Z", "2026-12-01T00:00Z")).toEqual([
      "Bob 2026-11-29T00:00:00.000Z 2026-12-01T00:00:00.000Z override",
    ]);
  });

  test.each([
    ["duration_hours", {}],
    ["duration_hours", { starts_at: "2026-11-24T00:00Z" }],
    ["duration_hours", { duration_hours: 0.5 }],
    ["duration_hours", { duration_hours: 169 }],
    ["duration_hours", { duration_hours: "2" }],
    ["duration_hours", { duration_hours: 168, starts_at: "9999-12-31T00:00Z" }],
    ["starts_at", { ends_at: "2026-11-25T00:00Z" }],
    ["ends_at", { starts_at: "2026-11-25T00:00Z", ends_at: "2026-11-25T00:00Z" }],
    ["ends_at", { starts_at: "2026-11-25T00:00Z", ends_at: "2026-11-24T00:00Z" }],
    ["ends_at", { duration_hours: 1, starts_at: "2026-11-24T00:00Z", ends_at: "2026-11-25T00:00Z" }],
    ["ends_at", { starts_at: "2026-11-20T00:00Z", ends_at: "2026-11-21T00:00Z" }],
    ["role", { duration_hours: 1, role: "boss" }],
    ["replaces", { duration_hours: 1, replaces: "ada" }],
    ["user_email", { duration_hours: 1, user_email: "bob" }],
    ["user_name", { duration_hours: 1, user_name: "" }],
  ])("with a wrong %s is refused: %j", async (path, fields) => {
    const { team } = await create();
    expect(await api.refusal("POST /api/v1/oncall/override", byBob(team, fields))).toEqual({
      status: 422,
      paths: [path],
    });
  });

  test("posted again with the same Idempotency-Key is one", async () => {
    const { team } = await create();
    const headers = { "idempotency-key": unique("key-") };
    const body = byBob(team, { duration_hours: 1 });
    const first = await api.ok("POST /api/v1/oncall/override", body, headers);
    expect(await api.ok("POST /api/v1/oncall/override", body, headers)).toEqual(first);
    const { overrides } = await api.ok(`GET /api/v1/oncall/overrides?team=${team}`);
    expect(overrides).toEqual([first]);
  });

  test("that is in force ends with the team's others; those to come stay, and the list knows the past", async () => {
    const { team } = await create();
    const now = await post(team, { duration_hours: 5 });
    const later = await post(team, { starts_at: "2026-11-25T00:00Z", ends_at: "2026-11-26T00:00Z" });
    at("2026-11-23T11:00:00Z");
    const ended = { ...now, ends_at: "2026-11-23T11:00:00.000Z" };
    expect(await api.ok(`DELETE /api/v1/oncall/override/${team}`)).toEqual({ overrides: [ended] });
    expect(await api.ok(`DELETE /api/v1/oncall/override/${team}`)).toEqual({ overrides: [] });
    expect(await api.ok(`GET /api/v1/oncall/current?team=${team}`)).toMatchObject({
      primary: ada,
      override: null,
    });
    const list = await api.ok(`GET /api/v1/oncall/overrides?team=${team}&limit=1`);
    const rest = await api.ok(`GET /api/v1/oncall/overrides?team=${team}&limit=1&cursor=${list.next_cursor}`);
    expect([list.overrides, rest.overrides, rest.next_cursor]).toEqual([[later], [ended], null]);
  });

  test("is ended by its ID; one that never started leaves nothing", async () => {
    const { team } = await create();
    const { id, starts_at } = await post(team, {
      starts_at: "2026-11-25T00:00Z",
      ends_at: "2026-11-26T00:00Z",
    });
    expect(await api.ok(`DELETE /api/v1/oncall/overrides/${id}`)).toMatchObject({ id, ends_at: starts_at });
    expect(await api.ok(`GET /api/v1/oncall/overrides?team=${team}`)).toEqual({
      overrides: [],
      next_cursor: null,
    });
    expect(await api.refusal(`DELETE /api/v1/oncall/overrides/${id}`)).toMatchObject({ status: 404 });
  });
});

describe("an escalation policy", () => {
  const rule = (fields: Record<string, unknown> = {}) => ({
    targets: [{ type: "user", email: "cto@example.com" }],
    delay_seconds: 60,
    ...fields,
  });

  test("is primary, five minutes, secondary, five minutes, once, until the team makes its own", async () => {
    const { team } = await create();
    const path = `/api/v1/teams/${team}/escalation-policy`;
    expect(await api.ok(`GET ${path}`)).toEqual({
      team,
      rules: ["primary", "secondary"].map((role) => ({
        targets: [{ type: "schedule", role }],
        delay_seconds: 300,
      })),
      repeat: 0,
    });
    const own = { rules: [rule()], repeat: 2 };
    expect(await api.ok(`PUT ${path}`, own)).toEqual({ team, ...own });
    expect(await api.ok(`GET ${path}`)).toEqual({ team, ...own });
  });

  test.each([
    ["rules", {}],
    ["rules", { rules: [] }],
    ["rules.0.targets", { rules: [rule({ targets: [] })] }],
    ["rules.0.targets.0.type", { rules: [rule({ targets: [{ type: "cat" }] })] }],
    ["rules.0.targets.0.role", { rules: [rule({ targets: [{ type: "schedule", role: "boss" }] })] }],
    ["rules.0.targets.0.email", { rules: [rule({ targets: [{ type: "user", email: "cto" }] })] }],
    ["rules.0.delay_seconds", { rules: [rule({ delay_seconds: 0 })] }],
    ["rules.0.delay_seconds", { rules: [rule({ delay_seconds: 1.5 })] }],
    ["repeat", { rules: [rule()], repeat: -1 }],
    ["repeat", { rules: [rule()], repeat: "1" }],
    ["repeat", { rules: [rule()], repeat: 1_000 }],
  ])("with wrong %s is refused: %j", async (path, policy) => {
    const { team } = await create();
    const refusal = await api.refusal(`PUT /api/v1/teams/${team}/escalation-policy`, policy);
    expect(refusal).toEqual({ status: 422, paths: [path] });
  });
});

describe("manual escalation", () => {
  const incidentOf = async (team: string) => {
    await api.ok(`PUT /api/v1/services/${team}`, { team });
    return api.ok("POST /api/v1/incidents", { title: "down", service: team, severity: "high" });
  };

  test("pages the next level immediately, also when acknowledged, and is listed", async () => {
    const { team } = await create();
    const { id } = await incidentOf(team);
    await api.ok(`PATCH /api/v1/incidents/${id}/acknowledge`, { actor: "ada" });
    const body = { team, incident_id: id, reason: "stuck" };
    const headers = { "idempotency-key": unique("key-") };
    const receipt = await api.ok("POST /api/v1/escalate", body, headers);
    expect(receipt).toMatchObject({
      status: "escalated",
      escalation_id: expect.any(String),
      team,
      incident_id: id,
      escalated_to: bob,
      message: expect.stringContaining("Bob"),
      timestamp: "2026-11-23T10:00:00.000Z",
    });
    expect(await api.ok("POST /api/v1/escalate", body, headers)).toEqual(receipt);
    expect(await api.ok(`GET /api/v1/incidents/${id}`)).toMatchObject({
      status: "acknowledged",
      escalation: { level: 2, next_at: null },
    });
  });

  test("of an unknown incident or team is 404, of a resolved one 409, without an incident 422", async () => {
    const { team } = await create();
    const { id } = await incidentOf(team);
    const escalate = (body: unknown) => api.refusal("POST /api/v1/escalate", body);
    expect(await escalate({ team, incident_id: "inc_none" })).toMatchObject({ status: 404 });
    expect(await escalate({ team: aTeam(), incident_id: id })).toMatchObject({ status: 404 });
    expect(await escalate({ team })).toEqual({ status: 422, paths: ["incident_id"] });
    await api.ok(`PATCH /api/v1/incidents/${id}/resolve`, {});
    expect(await escalate({ team, incident_id: id })).toMatchObject({ status: 409 });
    expect(await api.ok(`GET /api/v1/escalations?incident_id=${id}`)).toMatchObject({ escalations: [] });
  });
});

describe("teams and services", () => {
  test("a team shows who is on call, until when, and how incidents escalate", async () => {
    at("2030-01-07T10:00:00Z");
    const { team, schedule } = await create(simple({ starts_on: "2030-01-07" }));
    const { teams } = await api.ok("GET /api/v1/teams?limit=1");
    expect(teams).toEqual([
      {
        team,
        timezone: "UTC",
        schedule_id: schedule.id,
        on_call: { primary: ada, secondary: bob },
        next_handoff: "2030-01-14T09:00:00.000Z",
        escalation_policy: expect.objectContaining({ team, repeat: 0 }),
      },
    ]);
  });

  test("a service belongs to the team that it was given, else to its namesake, else to the default", async () => {
    const { team } = await create();
    const [service, stranger] = [unique("service-"), unique("stranger-")];
    const { warnings, ...given } = await api.ok(`PUT /api/v1/services/${service.toUpperCase()}`, {
      team,
      auto_resolve_seconds: 60,
    });
    expect(warnings).toEqual([]);
    expect(given).toEqual({
      service,
      team,
      auto_resolve_seconds: 60,
      acknowledgement_timeout_seconds: null,
      description: null,
      links: [],
      runbook_url: null,
      urgency: "high",
      updated_at: "2026-11-23T10:00:00.000Z",
    });
    expect((await api.ok("GET /api/v1/services?limit=200")).services).toContainEqual(given);
    const ownerOf = async (name: string) =>
      (await api.ok("POST /api/v1/incidents", { title: "down", service: name, severity: "low" })).team;
    expect([await ownerOf(service), await ownerOf(team), await ownerOf(stranger)]).toEqual([
      team,
      team,
      "default",
    ]);
    expect(await api.refusal(`PUT /api/v1/services/${service}`, { auto_resolve_seconds: 0 })).toEqual({
      status: 422,
      paths: ["team", "auto_resolve_seconds"],
    });
  });
});

describe("looking ahead", () => {
  test("a simulation pages no one and returns who would be paged, when, how and why", async () => {
    const { team } = await create();
    const simulate = (body: Record<string, unknown>) =>
      api.ok("POST /api/v1/simulate", { service: team, severity: "ERROR", ...body });
    const step = (person: typeof ada, level: number, time: string) => ({
      at: time,
      level,
      pass: 1,
      pages: [{ ...person, channel: "email", why: expect.any(String) }],
    });
    const both = await simulate({});
    expect(both).toMatchObject({
      service: team,
      team,
      severity: "high",
      acknowledged_at: null,
      fallback: null,
    });
    expect(both.steps).toMatchObject([
      step(ada, 1, "2026-11-23T10:00:00.000Z"),
      step(bob, 2, "2026-11-23T10:05:00.000Z"),
    ]);
    const answered = await simulate({ at: "2026-11-30T09:00:00Z", acknowledge_after_seconds: 299 });
    expect(answered.steps).toMatchObject([step(bob, 1, "2026-11-30T09:00:00.000Z")]);
    expect(answered.acknowledged_at).toBe("2026-11-30T09:04:59.000Z");
    const before = await simulate({ at: "2026-11-22T09:00:00Z" });
    expect(before).toMatchObject({ steps: [], fallback: { email: "oncall@example.com", at: before.at } });
    expect(before.coverage_gaps).toEqual([
      { start: "2026-11-22T09:00:00.000Z", end: "2026-11-23T09:00:00.000Z" },
    ]);
    expect((await api.ok(`GET /api/v1/incidents?service=${team}`)).incidents).toEqual([]);
  });

  test("coverage is of the next 30 days: all roles, and what no level of the policy covers", async () => {
    const restrictions = [{ type: "daily", start: "09:00", end: "17:00" }];
    const { team } = await create({ timezone: "UTC", layers: [layer({ restrictions, members: [ada] })] });
    const coverage = await api.ok(`GET /api/v1/teams/${team}/coverage`);
    expect(coverage).toMatchObject({
      team,
      from: "2026-11-23T10:00:00.000Z",
      to: "2026-12-23T10:00:00.000Z",
    });
    expect([coverage.covered, coverage.gaps.length]).toEqual([false, 30]);
    expect(coverage.gaps[0]).toEqual({ start: "2026-11-23T17:00:00.000Z", end: "2026-11-24T09:00:00.000Z" });
    expect(coverage.by_role.primary).toEqual(coverage.gaps);
    const always = { targets: [{ type: "user", email: "cto@example.com" }], delay_seconds: 60 };
    await api.ok(`PUT /api/v1/teams/${team}/escalation-policy`, { rules: [always] });
    expect(await api.ok(`GET /api/v1/teams/${team}/coverage`)).toMatchObject({ covered: true, gaps: [] });
  });

  test("members who never have a shift are named in the preview and in the coverage", async () => {
    const members = Array.from({ length: 7 }, (_, n) => ({ name: `P${n}`, email: `p${n}@example.com` }));
    const rotation = { unit: "day", length: 1, handoff_time: "09:00", starts_on: "2026-11-23" };
    const weekdays = { type: "weekly", start_day: "monday", start: "09:00", end_day: "friday", end: "18:00" };
    const plan = { timezone: "UTC", layers: [layer({ rotation, members, restrictions: [weekdays] })] };
    const span = { from: "2026-11-23T00:00Z", to: "2026-12-23T00:00Z" };
    const preview = await api.ok("POST /api/v1/schedules/preview", { ...plan, ...span });
    expect(preview.warnings).toEqual([expect.stringContaining("P5 and P6 never have a shift")]);
    const { team } = await create(plan);
    expect((await api.ok(`GET /api/v1/teams/${team}/coverage`)).warnings).toEqual(preview.warnings);
    const weekly = { ...plan, layers: [layer({ members, restrictions: [weekdays] })] };
    expect((await api.ok("POST /api/v1/schedules/preview", { ...weekly, ...span })).warnings).toEqual([]);
  });

  test("handoffs stay at nine on the wall; those after a clock change say that it moved them", async () => {
    const { team } = await create(simple({ timezone: "Europe/Berlin" }));
    const { timezone, handoffs } = await api.ok(`GET /api/v1/teams/${team}/handoffs?weeks=52`);
    expect([timezone, handoffs[0]]).toEqual([
      "Europe/Berlin",
      {
        at: "2026-11-30T08:00:00.000Z",
        role: "primary",
        from: ada.email,
        to: bob.email,
        moved_by_clock_change: false,
      },
    ]);
    type Handoff = { role: string; at: string; moved_by_clock_change: boolean };
    const primaries: Handoff[] = handoffs.filter(({ role }: Handoff) => role === "primary");
    const hours = new Intl.DateTimeFormat("en-GB", { timeZone: timezone, timeStyle: "short" });
    expect(new Set(primaries.map((handoff) => hours.format(new Date(handoff.at))))).toEqual(
      new Set(["09:00"]),
    );
    expect(primaries.filter((handoff) => handoff.moved_by_clock_change).map((handoff) => handoff.at)).toEqual(
      ["2027-03-29T07:00:00.000Z", "2027-11-01T08:00:00.000Z"],
    );
    expect((await api.ok(`GET /api/v1/teams/${team}/handoffs`)).handoffs.at(-1).at).toBe(
      "2027-01-18T08:00:00.000Z",
    );
  });
});
