import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import type { OnCallRole } from "../../shared/domain/oncall/schedule.ts";
import {
  type GrafanaShift,
  type OpsgenieSchedule,
  onCallInGrafana,
  onCallInOpsgenie,
  onCallInPagerduty,
  type PagerdutySchedule,
} from "../../tests/support/foreign-schedules.ts";
import { planFrom, type SystemName } from "./command.ts";
import { recordsOf } from "./export-records.ts";
import { fromGrafanaOnCall, grafanaKinds } from "./grafana-oncall.ts";
import type { ImportWarning } from "./imported.ts";
import { fromOpsgenie, opsgenieKinds } from "./opsgenie.ts";
import { fromPagerduty, pagerdutyKinds } from "./pagerduty.ts";
import { serviceFrom, serviceSchema } from "./pagerduty-services.ts";
import { type Plan, planImport, slugOf } from "./plan.ts";
import { historyOf, onCallIn, warningLines } from "./report.ts";

/** Eight weeks with the ends of summer time in Berlin and New York, and its begin in Sydney. */
const now = Date.parse("2026-10-01T00:00:00Z");
const weeks = 8;
const examples = join(import.meta.dirname, "examples");
const example = <T>(name: string) => JSON.parse(readFileSync(join(examples, `${name}.json`), "utf8")) as T;
const planOfExample = (name: SystemName) => planFrom(name, join(examples, `${name}.json`), now);

/** Email addresses of the people on call in a team at any instant. */
function onCallFor(plan: Plan, team: string, role?: OnCallRole): (at: number) => string[] {
  const schedule = historyOf(plan, team);
  if (!schedule) throw new Error(`${team} has no schedule`);
  return (at) => {
    const people = onCallIn(schedule, at).filter((each) => role === undefined || each.role === role);
    return [...new Set(people.flatMap(({ email }) => email ?? []))].toSorted();
  };
}

/** Every quarter past and to the hour, lest the clocks change under it. */
function compare(ours: (at: number) => string[], theirs: (at: number) => string[], stepMinutes = 30): void {
  const [one, other]: [string[], string[]] = [[], []];
  for (let at = now + 900_000; at < now + weeks * 604_800_000; at += stepMinutes * 60_000) {
    const when = new Date(at).toISOString();
    one.push(`${when} ${ours(at).join()}`);
    other.push(`${when} ${theirs(at).join()}`);
  }
  expect(one).toEqual(other);
}

interface Users {
  readonly users: readonly { readonly id: string; readonly email?: string; readonly username?: string }[];
}
function emails({ users }: Users, ids: readonly string[]): string[] {
  const known = new Map(
    users.map(({ id, email, username }) => [id, (email ?? username ?? "").toLowerCase()]),
  );
  return [...new Set(ids.map((id) => known.get(id) ?? id))].toSorted();
}

describe("for eight weeks, over changes of the clocks, the same people are on call as there", () => {
  const pagerduty = example<Users & { schedules: PagerdutySchedule[] }>("pagerduty");
  test.each([
    ["SPRIM", "payments-checkout", "primary"],
    ["SBACK", "payments-checkout", "secondary"],
    ["SDATA", "data", "primary"],
  ] as const)("PagerDuty's %s as %s's %s", (id, team, role) => {
    const plan = planOfExample("pagerduty");
    const schedule = pagerduty.schedules.find((each) => each.id === id);
    if (!schedule) throw new Error(id);
    // A deleted user cannot be replaced.
    const known = {
      ...schedule,
      overrides: schedule.overrides?.filter(({ user }) => user.id !== "PGONE") ?? [],
    };
    compare(onCallFor(plan, team, role), (at) => emails(pagerduty, onCallInPagerduty(known, at)));
  });

  const opsgenie = example<Users & { schedules: OpsgenieSchedule[] }>("opsgenie");
  test.each([
    ["s-pay", "payments"],
    ["s-data", "data-platform"],
    ["s-solo", "solo"],
  ])("Opsgenie's %s as %s", (id, team) => {
    const plan = planOfExample("opsgenie");
    const schedule = opsgenie.schedules.find((each) => each.id === id);
    if (!schedule) throw new Error(id);
    // One override that applies to one of two rotations is not imported, and is reported.
    const known = {
      ...schedule,
      overrides: schedule.overrides?.filter(({ rotations }) => rotations?.length !== 1) ?? [],
    };
    compare(onCallFor(plan, team), (at) => emails(opsgenie, onCallInOpsgenie(known, at)));
  });

  const grafana = example<
    Users & {
      schedules: { id: string; time_zone: string; shifts: string[] }[];
      on_call_shifts: GrafanaShift[];
    }
  >("grafana-oncall");
  test.each([
    ["SPAY", "payments"],
    ["SPAI", "pairs"],
  ])("Grafana OnCall's %s as %s", (id, team) => {
    const plan = planOfExample("grafana-oncall");
    const schedule = grafana.schedules.find((each) => each.id === id);
    const shifts = grafana.on_call_shifts.filter(
      (shift) => schedule?.shifts.includes(shift.id) && shift.type !== "single_event",
    );
    compare(onCallFor(plan, team), (at) =>
      emails(grafana, onCallInGrafana(shifts, schedule?.time_zone ?? "", at)),
    );
  });
});

describe("imported schedules are exact", () => {
  const zone = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York");
  const ids = ["a", "b", "c", "d"];
  const people = fc.shuffledSubarray(ids, { minLength: 1 });
  // Hours at which clocks change are handled differently by each system.
  const hour = fc.integer({ min: 5, max: 23 });
  const day = fc.integer({ min: 1, max: 28 });
  const two = (count: number) => `${count}`.padStart(2, "0");

  /** @param isExact compares a schedule with its import; false if it cannot be imported */
  function expectExact<T>(schedules: fc.Arbitrary<T>, numRuns: number, isExact: (schedule: T) => boolean) {
    const seed = Math.floor(Math.random() * 2 ** 31);
    let [runs, imported] = [0, 0];
    const property = fc.property(schedules, (schedule) => {
      runs += 1;
      if (isExact(schedule)) imported += 1;
    });
    fc.assert(property, { numRuns, seed });
    // Nearly a third of those of Grafana OnCall can be imported, and more of the others.
    expect(imported / runs, `share of imported schedules with seed ${seed}`).toBeGreaterThan(0.05);
  }

  test("of PagerDuty", () => {
    const restriction = fc
      .record({
        weekly: fc.boolean(),
        day: fc.integer({ min: 1, max: 7 }),
        start: hour,
        length: fc.integer({ min: 1, max: 60 }),
      })
      .filter(({ start, length }) => (start + length) % 24 > 4)
      .map(({ weekly, day, start, length }) => ({
        type: weekly ? "weekly_restriction" : "daily_restriction",
        start_time_of_day: `${two(start)}:00:00`,
        duration_seconds: (weekly ? length : Math.min(length, 24)) * 3_600,
        ...(weekly && { start_day_of_week: day }),
      }))
      .filter(
        ({ start_time_of_day, duration_seconds }) =>
          (Number(start_time_of_day.slice(0, 2)) + duration_seconds / 3_600) % 24 > 4,
      );
    const layer = fc
      .record({
        people,
        day,
        hour,
        turn: fc.constantFrom(43_200, 86_400, 259_200, 604_800, 1_209_600),
        later: fc.nat(4),
        restrictions: fc.array(restriction, { maxLength: 3 }),
      })
      .map(({ people, day, hour, turn, later, restrictions }) => {
        const virtual = Date.parse(`2026-09-${two(day)}T${two(hour)}:00:00Z`);
        return {
          name: "layer",
          rotation_virtual_start: new Date(virtual).toISOString(),
          start: new Date(virtual + later * turn * 1_000).toISOString(),
          end: null,
          rotation_turn_length_seconds: turn,
          users: people.map((id) => ({ user: { id, type: "user_reference" } })),
          restrictions,
        };
      });
    const schedules = fc.tuple(zone, fc.array(layer, { minLength: 1, maxLength: 3 }));
    expectExact(schedules, 30, ([time_zone, schedule_layers]) => {
      const schedule = { id: "s", name: "s", time_zone, schedule_layers };
      const users = ids.map((id) => ({ id, name: id, email: `${id}@example.com` }));
      const plan = planImport(fromPagerduty({ users, schedules: [schedule] }, now));
      if (plan.schedules.length === 0) return false;
      compare(onCallFor(plan, "s"), (at) => emails({ users }, onCallInPagerduty(schedule, at)), 60);
      return true;
    });
  });

  test("of Opsgenie", () => {
    const clock = fc
      .record({ startHour: hour, endHour: hour })
      .map((hours) => ({ ...hours, startMin: 0, endMin: 0 }));
    const names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    const weekly = fc.record({
      clock,
      startDay: fc.constantFrom(...names),
      endDay: fc.constantFrom(...names),
    });
    const restriction = fc.oneof(
      clock.map((restriction) => ({ type: "time-of-day", restriction })),
      weekly.map(({ clock, ...days }) => ({
        type: "weekday-and-time-of-day",
        restrictions: [{ ...clock, ...days }],
      })),
    );
    const rotation = fc
      .record({
        people,
        day,
        hour,
        type: fc.constantFrom("hourly", "daily", "weekly"),
        length: fc.integer({ min: 1, max: 4 }),
        timeRestriction: fc.option(restriction, { nil: undefined }),
      })
      .map(({ people, day, hour, timeRestriction, ...rest }) => ({
        id: "r",
        startDate: `2026-08-${two(day)}T${two(hour)}:00:00Z`,
        participants: people.map((id) => ({ type: "user", id })),
        ...(timeRestriction && { timeRestriction }),
        ...rest,
      }));
    const schedules = fc.tuple(zone, fc.array(rotation, { minLength: 1, maxLength: 3 }));
    expectExact(schedules, 30, ([timezone, rotations]) => {
      const schedule = { id: "s", name: "s", timezone, rotations };
      const users = ids.map((id) => ({ id, fullName: id, username: `${id}@example.com` }));
      const plan = planImport(fromOpsgenie({ users, schedules: [schedule] }, now));
      if (plan.schedules.length === 0) return false;
      compare(onCallFor(plan, "s"), (at) => emails({ users }, onCallInOpsgenie(schedule, at)), 60);
      return true;
    });
  });

  test("of Grafana OnCall", () => {
    const codes = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    const group = fc.shuffledSubarray(ids, { minLength: 1, maxLength: 2 });
    const shape = fc.oneof(
      fc.constantFrom(
        { frequency: "daily", interval: 2, duration: 172_800, by_day: null },
        { frequency: "weekly", interval: 1, duration: 604_800, by_day: null },
        { frequency: "hourly", interval: 12, duration: 43_200, by_day: null },
        { frequency: "daily", interval: 1, duration: 28_800, by_day: null },
        { frequency: "weekly", interval: 1, duration: 129_600, by_day: null },
      ),
      fc
        .record({ by_day: fc.subarray(codes, { minLength: 1 }), duration: fc.constantFrom(28_800, 86_400) })
        .map((fields) => ({ frequency: "weekly", interval: 1, ...fields })),
    );
    const shift = fc
      .record({
        shape,
        day,
        hour: fc.constantFrom(8, 9, 14, 22),
        level: fc.nat(2),
        groups: fc.array(group, { minLength: 1, maxLength: 3 }),
        week_start: fc.constantFrom("MO", "SU"),
      })
      // Nor does a shift end in such an hour: 36 hours from Friday 14:00 would.
      .filter(({ shape, hour }) => (hour + shape.duration / 3_600) % 24 > 4)
      .map(({ shape, day, hour, groups, ...rest }) => ({
        ...shape,
        ...rest,
        type: "rolling_users",
        start: `2026-08-${two(day)}T${two(hour)}:00:00`,
        rolling_users: groups,
      }));
    const schedules = fc.tuple(zone, fc.array(shift, { minLength: 1, maxLength: 3 }));
    expectExact(schedules, 60, ([time_zone, given]) => {
      const shifts = given.map((each, index) => ({ ...each, id: `${index}`, name: `${index}` }));
      const schedule = { id: "s", name: "s", type: "web", time_zone, shifts: shifts.map(({ id }) => id) };
      const users = ids.map((id) => ({ id, username: id, email: `${id}@example.com` }));
      const plan = planImport(
        fromGrafanaOnCall({ users, schedules: [schedule], on_call_shifts: shifts }, now),
      );
      if (plan.schedules.length === 0) return false;
      compare(onCallFor(plan, "s"), (at) => emails({ users }, onCallInGrafana(shifts, time_zone, at)), 60);
      return true;
    });
  });
});

describe("an export", () => {
  const folder = mkdtempSync(join(tmpdir(), "move-in-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const write = (path: string, json: unknown) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(json));
  };

  test("of Opsgenie may be the folder of its backup tool, which says the same", () => {
    const given = example<Record<string, readonly Record<string, unknown>[]>>("opsgenie");
    const wrap: Readonly<Record<string, (thing: Record<string, unknown>) => unknown>> = {
      users: ({ notificationRules, ...user }) => ({ user, notificationRuleList: notificationRules ?? [] }),
      teams: ({ routingRules, ...team }) => ({ team, teamRoutingRules: routingRules ?? [], teamRoles: [] }),
      schedules: ({ overrides, ...schedule }) => ({ schedule, scheduleOverrideList: overrides ?? [] }),
    };
    // Numbers keep their order, as a team's name may depend on it.
    for (const [kind, things] of Object.entries(given))
      for (const [index, thing] of things.entries())
        write(
          `OpsGenieBackups/${kind}/${100 + index}-${String(thing.id)}.json`,
          wrap[kind]?.(thing) ?? thing,
        );
    expect(planFrom("opsgenie", join(folder, "OpsGenieBackups"), now)).toEqual(planOfExample("opsgenie"));
  });

  test("may be API responses, in a file for each kind or item", () => {
    const { schedules, ...others } = example<Record<string, readonly { id: string }[]>>("pagerduty");
    for (const [kind, things] of Object.entries(others))
      write(`pagerduty/${kind}.json`, { [kind]: things, more: false });
    for (const [index, schedule] of (schedules ?? []).entries())
      write(`pagerduty/schedules/${index}.json`, { schedule });
    expect(planFrom("pagerduty", join(folder, "pagerduty"), now)).toEqual(planOfExample("pagerduty"));
    for (const [kind, results] of Object.entries(example<Record<string, unknown[]>>("grafana-oncall")))
      write(`grafana/${kind}.json`, { count: results.length, next: null, results });
    expect(planFrom("grafana-oncall", join(folder, "grafana"), now)).toEqual(planOfExample("grafana-oncall"));
  });

  test("that is of something else is refused", () => {
    write("other/things.json", { things: [1] });
    expect(() => planFrom("pagerduty", join(folder, "other"), now)).toThrow(/contains no users, schedules/);
  });

  test("with invalid items leaves those out, with their names and faults", () => {
    const plan = planImport(
      fromPagerduty({ users: [{ id: "a" }, 7], schedules: [{ id: "s", name: "S", time_zone: "Mars" }] }, now),
    );
    expect(plan.users).toEqual([]);
    expect(warningLines(plan).join("\n")).toMatch(
      /user a: name .*users\[1\]: .*schedule "S" \(s\): time_zone must be an IANA/s,
    );
  });

  test.each([
    ["opsgenie", "schedules", { schedule: { id: "s", name: "Nights" } }, 'schedule "Nights" (s)'],
    [
      "opsgenie",
      "users",
      { user: { id: "u", username: "ada@example.com", userContacts: 5 } },
      'user "ada@example.com" (u)',
    ],
    ["opsgenie", "scheduleOverrides", { alias: "summer" }, 'schedule override "summer"'],
    ["pagerduty", "escalation_policies", { id: "P1", summary: "Shop" }, 'escalation policy "Shop" (P1)'],
    ["pagerduty", "services", { id: "S1" }, "service S1"],
    ["grafana-oncall", "on_call_shifts", { id: "O1", name: "Days" }, 'on call shift "Days" (O1)'],
    ["grafana-oncall", "routes", { routing_regex: 7 }, "routes[0]"],
  ] as const)("of %s names one of its %s that it leaves out", (system, kind, thing, called) => {
    write(`named-${system}-${kind}/export.json`, { [kind]: [{ broken: null, ...thing }] });
    const plan = planFrom(system, join(folder, `named-${system}-${kind}`), now);
    expect(plan.warnings.map(({ what }) => what)).toContain(called);
  });

  test.each([
    ["UTF-8 with a mark", (text: string) => Buffer.from(`\ufeff${text}`)],
    ["UTF-16", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 without a mark", (text: string) => Buffer.from(text, "utf16le")],
    ["UTF-16 of the other order", (text: string) => Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ])("may be written in %s", (_, encode) => {
    const text = JSON.stringify({ users: [{ id: "1", name: "Zoë", email: "zoe@example.com" }] });
    const file = join(folder, "encoded.json");
    writeFileSync(file, encode(text));
    expect(planFrom("pagerduty", file, now).users).toMatchObject([{ body: { name: "Zoë" } }]);
  });

  test("of PagerDuty without contact methods keeps people, and says how to export them", () => {
    const refers = {
      id: "PREF",
      name: "Ada",
      email: "ada@example.com",
      time_zone: "Europe/Berlin",
      contact_methods: [{ id: "C1", type: "email_contact_method_reference", summary: "Default" }],
      notification_rules: [
        { id: "R1", type: "assignment_notification_rule_reference", summary: "0 minutes" },
      ],
    };
    const bare = { id: "PBARE", name: "Bob", email: "bob@example.com" };
    const withoutMethods = {
      ...bare,
      id: "PNONE",
      email: "dan@example.com",
      contact_methods: [],
      notification_rules: [],
    };
    const plan = planImport(fromPagerduty({ users: [refers, bare, withoutMethods] }, now));
    expect(plan.users.map(({ body }) => body)).toMatchObject([
      { name: "Ada", timezone: "Europe/Berlin", contact_methods: [] },
      { name: "Bob" },
      {},
    ]);
    expect(plan.warnings.map(({ what, instead }) => `${what}: ${instead}`)).toEqual([
      expect.stringMatching(/ada@example.com: .*include\[\]=contact_methods/),
      expect.stringMatching(/bob@example.com: .*include\[\]=contact_methods/),
    ]);
  });

  test("of Opsgenie without contacts keeps people, and says how to export them", () => {
    const users = [{ id: "a", username: "ada@example.com", fullName: "Ada" }];
    const plan = planImport(fromOpsgenie({ users }, now));
    expect(plan.users).toHaveLength(1);
    expect(plan.warnings).toMatchObject([{ instead: expect.stringContaining("expand=contact") }]);
  });

  test("calls no channel what is one, where the export has no address for it", () => {
    const users = [{ id: "a", username: "ada", email: "ada@example.com" }];
    const rule = (type: string, position: number) => ({ user_id: "a", type, position });
    const personal_notification_rules = ["sms", "phone_call", "mobile_app", "carrier_pigeon"].map(
      (method, position) => rule(`notify_by_${method}`, position),
    );
    const plan = planImport(fromGrafanaOnCall({ users, personal_notification_rules }, now));
    expect(plan.warnings.map(({ why }) => why)).toEqual([
      "uses sms, but the export has no address",
      "uses phone call, but the export has no address",
      "uses mobile app, which is bound to the app of the other system",
      "uses carrier pigeon, which this platform does not support",
    ]);
  });

  test("of any shape never ends in an error", () => {
    const kinds = [...new Set([...pagerdutyKinds, ...opsgenieKinds, ...grafanaKinds])];
    const thing = fc.oneof(
      fc.jsonValue(),
      fc.record({ id: fc.string(), name: fc.string(), rules: fc.array(fc.jsonValue()) }),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...kinds), fc.array(thing)), (json) => {
        for (const [all, read] of [
          [pagerdutyKinds, fromPagerduty],
          [opsgenieKinds, fromOpsgenie],
          [grafanaKinds, fromGrafanaOnCall],
        ] as const)
          planImport(read(recordsOf([{ path: "export.json", json }], all), now));
      }),
    );
  });
});

const inHours = {
  type: "use_support_hours",
  during_support_hours: { urgency: "high" },
  outside_support_hours: { urgency: "low" },
};
const office = {
  ...{ time_zone: "Asia/Tokyo", start_time: "22:00:00", end_time: "06:00:00" },
  days_of_week: [1],
};

describe("PagerDuty's example", () => {
  const plan = planOfExample("pagerduty");

  test("becomes a team for each policy, with a primary, a secondary and people", () => {
    expect(plan.policies).toContainEqual({
      team: "payments-checkout",
      body: {
        rules: [
          { targets: [{ type: "schedule", role: "primary" }], delay_seconds: 300 },
          { targets: [{ type: "schedule", role: "secondary" }], delay_seconds: 600 },
          {
            targets: [
              { type: "user", email: "dan@example.com" },
              { type: "user", email: "bob@example.com" },
            ],
            delay_seconds: 1_800,
          },
        ],
        repeat: 2,
      },
    });
    expect(plan.services).toEqual([
      {
        service: "checkout",
        team: "payments-checkout",
        urgency: {
          timezone: "Europe/Berlin",
          hours: ["monday", "tuesday", "wednesday", "thursday", "friday"].map((day) => ({
            ...{ type: "weekly", start_day: day, start: "09:00", end_day: day, end: "17:30" },
          })),
          inside: "high",
          outside: "by_severity",
          raise: true,
        },
      },
      {
        service: "billing api",
        team: "payments-checkout",
        acknowledgement_timeout_seconds: 1_800,
        urgency: "low",
      },
      { service: "legacy", team: "legacy" },
    ]);
  });

  test.each([
    [{ incident_urgency_rule: { type: "constant", urgency: "high" } }, {}],
    [{ incident_urgency_rule: { type: "constant", urgency: "severity_based" } }, { urgency: "by_severity" }],
    [{ acknowledgement_timeout: 0 }, {}],
    [{ incident_urgency_rule: { type: "later" } }, "has an unknown urgency rule"],
    [{ incident_urgency_rule: inHours }, "has an urgency by support hours that are not in the export"],
    [{ incident_urgency_rule: inHours, support_hours: { ...office, time_zone: "Mars" } }, "IANA time zone"],
    [
      { incident_urgency_rule: inHours, support_hours: { ...office, days_of_week: [1, 2, 3, 4, 5, 6, 7] } },
      {
        urgency: {
          ...{ timezone: "Asia/Tokyo", hours: [{ type: "daily", start: "22:00", end: "06:00" }] },
          ...{ inside: "high", outside: "low", raise: false },
        },
      },
    ],
    [
      {
        incident_urgency_rule: inHours,
        support_hours: {
          ...{ ...office, start_time: "00:00:00", end_time: "00:00:00" },
          days_of_week: [1, 2, 3, 4, 5, 6, 7],
        },
      },
      {},
    ],
  ])("has the settings of a service, or reports them: %j", (fields, expected) => {
    const warnings: ImportWarning[] = [];
    const service = { id: "S", name: "shop", escalation_policy: { id: "P" }, ...fields };
    const { settings } = serviceFrom(serviceSchema.parse(service), warnings);
    if (typeof expected === "string") expect(warnings[0]?.why).toContain(expected);
    else expect([settings, warnings]).toEqual([expected, []]);
  });

  test("keeps contact methods", () => {
    expect(plan.users[0]?.body).toEqual({
      name: "Ada",
      timezone: "Europe/Berlin",
      contact_methods: [
        { id: "email", channel: "email", address: "ada@example.com" },
        { id: "sms", channel: "sms", address: "+4915112345678" },
        { id: "voice", channel: "voice", address: "+4915112345678" },
      ],
      low_urgency_rules: [{ contact_method_id: "email", delay_seconds: 0 }],
      notification_rules: [
        { contact_method_id: "email", delay_seconds: 0 },
        { contact_method_id: "sms", delay_seconds: 300 },
        { contact_method_id: "voice", delay_seconds: 600 },
      ],
    });
  });

  test.each([
    "refers to Eve (PGONE), who is not in the export",
    "ends at 2036-07-01T08:00:00.000Z",
    "uses push notification, which is bound to the app",
    "ada@example.com has several shifts in a rotation cycle",
    "uses round robin",
    'service "orphan": has no imported policy',
  ])("reports what could not be imported: %s", (words) => {
    expect(warningLines(plan).join("\n")).toContain(words);
  });
});

test("a layer to come is the same once it is in force", () => {
  const path = join(examples, "pagerduty.json");
  const later = planFrom("pagerduty", path, Date.parse("2026-11-25T00:00:00Z"));
  expect(later.schedules).toEqual(planOfExample("pagerduty").schedules);
});

test("Opsgenie's phone contacts become voice, and its mobile app is left out", () => {
  const [ada] = planOfExample("opsgenie").users;
  expect(ada?.body).toMatchObject({
    contact_methods: [
      { id: "email" },
      { id: "sms", address: "+4915112345678" },
      { id: "voice", channel: "voice", address: "+4915112345678" },
    ],
    notification_rules: [
      { contact_method_id: "email", delay_seconds: 0 },
      { contact_method_id: "sms", delay_seconds: 180 },
      { contact_method_id: "voice", delay_seconds: 300 },
    ],
  });
  const userContacts = [{ method: "mobile", to: "a device", enabled: true }];
  const { users, warnings } = planImport(
    fromOpsgenie({ users: [{ id: "b", username: "bob@example.com", userContacts }] }, now),
  );
  expect(users[0]?.body.contact_methods).toEqual([]);
  expect(warnings).toMatchObject([{ instead: expect.stringContaining("enable push in their own browser") }]);
});

test("an integration of Opsgenie that belongs to no team is reported", () => {
  const { services, warnings } = planImport(
    fromOpsgenie({ integrations: [{ id: "i", name: "Default API", type: "API" }] }, now),
  );
  expect(services).toEqual([]);
  expect(warnings).toMatchObject([
    { what: 'service "Default API"', why: "has no imported policy or schedule" },
  ]);
});

test("Opsgenie's delays count from the alert, and become waits between levels", () => {
  const { policies } = planOfExample("opsgenie");
  expect(policies.find(({ team }) => team === "payments")?.body).toEqual({
    rules: [
      { targets: [{ type: "schedule", role: "primary" }], delay_seconds: 300 },
      { targets: [{ type: "user", email: "dan@example.com" }], delay_seconds: 3_300 },
      { targets: [{ type: "user", email: "ada@example.com" }], delay_seconds: 600 },
    ],
    repeat: 3,
  });
});

test("Grafana OnCall's steps become levels, divided by its waits", () => {
  const { policies } = planOfExample("grafana-oncall");
  const people = ["dan", "ada", "bob"].map((name) => ({ type: "user", email: `${name}@example.com` }));
  expect(policies.find(({ team }) => team === "payments")?.body).toEqual({
    rules: [
      { targets: [{ type: "schedule", role: "primary" }], delay_seconds: 300 },
      { targets: people, delay_seconds: 900 },
    ],
    repeat: 5,
  });
});

test.each([
  ["Zahlungen & Käufe", "zahlungen-kaufe"],
  ["  --Ops--  ", "ops"],
  ["決済", "決済"],
])("a team of the name %s is %s", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

describe("of a policy's schedules", () => {
  const users = ["a", "b"].map((id) => ({
    id,
    name: id,
    email: `${id}@example.com`,
    contact_methods: [],
    notification_rules: [],
  }));
  const schedule = (id: string, time_zone: string, ids = ["a", "b"]) => ({
    id,
    name: id,
    time_zone,
    schedule_layers: [
      {
        start: "2026-09-01T08:00:00Z",
        rotation_virtual_start: "2026-09-01T08:00:00Z",
        rotation_turn_length_seconds: 86_400,
        users: ids.map((user) => ({ user: { id: user } })),
      },
    ],
  });
  const planOfLevels = (schedules: readonly ReturnType<typeof schedule>[], names = ["p"]) => {
    const targets = schedules.map(({ id }) => ({ id, type: "schedule_reference" }));
    const escalation_rules = targets.map((target) => ({ escalation_delay_in_minutes: 5, targets: [target] }));
    const escalation_policies = names.map((name) => ({ id: name, name, escalation_rules }));
    return planImport(fromPagerduty({ users, schedules, escalation_policies }, now));
  };
  const targetsOf = (plan: Plan) => plan.policies[0]?.body.rules.map(({ targets }) => targets[0]);

  test("the first two have a role each, and the others are reported", () => {
    const plan = planOfLevels([schedule("one", "UTC"), schedule("two", "UTC"), schedule("three", "UTC")]);
    expect(targetsOf(plan)).toEqual([
      { type: "schedule", role: "primary" },
      { type: "schedule", role: "secondary" },
    ]);
    expect(warningLines(plan).join("\n")).toContain(
      'schedule "three": a team has only a primary and a secondary',
    );
  });

  test("one that always has the same person is that person", () => {
    const plan = planOfLevels([schedule("one", "UTC"), schedule("boss", "Europe/Berlin", ["b"])]);
    expect(targetsOf(plan)).toEqual([
      { type: "schedule", role: "primary" },
      { type: "user", email: "b@example.com" },
    ]);
    expect(plan.warnings).toEqual([]);
  });

  test("one in another time zone has no place beside the first", () => {
    const plan = planOfLevels([schedule("one", "UTC"), schedule("two", "Europe/Berlin")]);
    expect(targetsOf(plan)).toEqual([{ type: "schedule", role: "primary" }]);
    expect(warningLines(plan).join("\n")).toContain(
      "is in Europe/Berlin, the policy's first schedule in UTC",
    );
  });

  test("each is copied into every team, whose names differ", () => {
    const plan = planOfLevels([schedule("one", "UTC")], ["P", "p!"]);
    expect(plan.schedules.map(({ team }) => team)).toEqual(["p", "p-2"]);
    expect(warningLines(plan).join("\n")).toContain("becomes p-2, because another p exists");
  });
});

describe("docs/migration.md", () => {
  const root = join(import.meta.dirname, "../..");
  const [, all = "", opsgenie = "", pagerduty = "", grafana = ""] = readFileSync(
    join(root, "docs/migration.md"),
    "utf8",
  ).split(/^## (?:Mapping|Opsgenie|PagerDuty|Grafana OnCall)$/m);
  const phrasesIn = (section: string) =>
    [...section.matchAll(/(?<=[ |])_([a-z][^_|]+)_(?=[ ,|])/g)].map(([, phrase = ""]) => phrase);
  const sources = [
    ...["imported", "rotation", "people", "plan", "opsgenie", "pagerduty", "pagerduty-services"],
    "grafana-oncall",
  ]
    .map((name) => readFileSync(join(import.meta.dirname, `${name}.ts`), "utf8"))
    .join("\n");

  test.each([
    ["opsgenie", opsgenie],
    ["pagerduty", pagerduty],
    ["grafana-oncall", grafana],
  ] as const)("reports everything in the example of %s that is not imported", (system, section) => {
    const phrases = phrasesIn(all + section);
    const undocumented = planOfExample(system).warnings.filter(
      ({ why }) => !phrases.some((phrase) => why.includes(phrase)),
    );
    expect(undocumented).toEqual([]);
  });

  test("says nothing in words that the code doesn't have", () => {
    const phrases = phrasesIn(all + opsgenie + pagerduty + grafana);
    expect(phrases.length).toBeGreaterThan(40);
    expect(phrases.filter((phrase) => !sources.includes(phrase))).toEqual([]);
  });
});
