import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ada, aSchedule, bob, cyd, days, minutes, monday } from "../../../tests/support/builders.ts";
import type { Person } from "../person.ts";
import { formatDate } from "../wall-clock.ts";
import { type OnCall, onCallAt, onCallBetween, type ScheduleHistory, shiftAround } from "./on-call.ts";
import { dutyAt, type Restriction } from "./restriction.ts";
import { rotationUnits, shiftAt, startOfRotation } from "./rotation.ts";
import { type Layer, type OnCallRole, type Override, onCallRoles } from "./schedule.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const show = (at: number) => (Number.isFinite(at) ? new Date(at).toISOString().slice(0, 16) : String(at));

function aLayer(fields: Partial<Layer> = {}): Layer {
  return {
    name: "week",
    role: "primary",
    rotation: { unit: "week", length: 1, handoffTime: "09:00", startsOn: "2026-11-23" },
    members: [ada, bob],
    restrictions: [],
    ...fields,
  };
}

let made = 0;
function anOverride(fields: Partial<Override> = {}): Override {
  made += 1;
  return {
    id: `ovr_${made}`,
    team: "payments",
    role: "primary",
    person: cyd,
    replaces: null,
    reason: null,
    start: monday + days(1),
    end: monday + days(2),
    createdAt: monday,
    ...fields,
  };
}

const historyOf = (layers: readonly Layer[], ...overrides: Override[]): ScheduleHistory => ({
  schedules: [aSchedule({ layers })],
  overrides,
});

const nameAt = (history: ScheduleHistory, at: number, role: OnCallRole = "primary") =>
  onCallAt(history, role, at).person?.name;

/** Stretches as `start name`, then the end of the last. */
function described(
  history: ScheduleHistory,
  from: string,
  to: string,
  role: OnCallRole = "primary",
): string[] {
  return onCallBetween(history, role, utc(from), utc(to)).map(
    ({ start, person, kind }) =>
      `${show(start).slice(5)} ${person?.name ?? "no one"}${kind === "override" ? " instead" : ""}`,
  );
}

describe("a rotation", () => {
  const history = historyOf([aLayer()]);

  test("is unassigned until it starts, then rotates through the members", () => {
    expect(described(history, "2026-11-22T00:00", "2026-12-08T00:00")).toEqual([
      "11-22T00:00 no one",
      "11-23T09:00 Ada",
      "11-30T09:00 Bob",
      "12-07T09:00 Ada",
    ]);
  });

  test("says since when and until when", () => {
    expect(onCallAt(history, "primary", monday)).toEqual({
      person: ada,
      kind: "rotation",
      by: "week",
      start: utc("2026-11-23T09:00"),
      end: utc("2026-11-30T09:00"),
    });
    expect(onCallAt(history, "primary", utc("2026-11-01T00:00"))).toEqual({
      person: null,
      kind: "rotation",
      by: null,
      start: -Infinity,
      end: utc("2026-11-23T09:00"),
    });
  });

  test("of one member is one stretch", () => {
    expect(
      described(historyOf([aLayer({ members: [ada] })]), "2026-11-24T00:00", "2027-01-01T00:00"),
    ).toEqual(["11-24T00:00 Ada"]);
  });

  test("without layers, or without a schedule, is unassigned", () => {
    expect(described(historyOf([]), "2026-11-24T00:00", "2027-01-01T00:00")).toEqual(["11-24T00:00 no one"]);
    expect(described({ schedules: [], overrides: [] }, "2026-11-24T00:00", "2027-01-01T00:00")).toEqual([
      "11-24T00:00 no one",
    ]);
  });

  test("of one member has one shift without an end, found at once", () => {
    const hourly = aLayer({
      members: [ada],
      rotation: { unit: "hour", length: 1, handoffTime: "09:00", startsOn: "1996-11-23" },
    });
    expect(shiftAround(historyOf([hourly]), "primary", monday)).toMatchObject({
      person: ada,
      start: utc("1996-11-23T09:00"),
      end: Infinity,
    });
  });

  test("of no time has no stretches", () => {
    expect(onCallBetween(history, "primary", monday, monday)).toEqual([]);
  });

  test("with more changes than can be computed is rejected; two months of changes every minute are not", () => {
    const everyOtherMinute = Array.from({ length: 720 }, (_, index): Restriction => {
      const [start = "", end = ""] = [2 * index, 2 * index + 1].map((at) => show(minutes(at)).slice(11));
      return { type: "daily", start, end };
    });
    const members = [ada];
    const history = historyOf([aLayer({ members, restrictions: everyOtherMinute })]);
    expect(onCallBetween(history, "primary", monday, monday + days(62)).length).toBeGreaterThan(80_000);
    expect(() => onCallBetween(history, "primary", monday, monday + days(400))).toThrow(
      expect.objectContaining({ code: "invalid", faults: [expect.objectContaining({ path: "to" })] }),
    );
  });
});

describe("the secondary", () => {
  test("is the next primary where the team has none of its own", () => {
    const history = historyOf([aLayer({ members: [ada, bob, cyd] })]);
    expect(described(history, "2026-11-23T09:00", "2026-12-14T09:00", "secondary")).toEqual([
      "11-23T09:00 Bob",
      "11-30T09:00 Cyd",
      "12-07T09:00 Ada",
    ]);
  });

  test("of a team of one is unassigned: the same person is not paged twice", () => {
    expect(nameAt(historyOf([aLayer({ members: [ada] })]), monday, "secondary")).toBeUndefined();
  });

  test("is not the primary who is the next member by rotation: the one after is", () => {
    const history = historyOf(
      [aLayer({ members: [ada, bob, cyd] })],
      anOverride({ person: bob, start: monday, end: monday + days(1) }),
    );
    expect(nameAt(history, monday)).toBe("Bob");
    expect(nameAt(history, monday, "secondary")).toBe("Cyd");
    expect(onCallAt(history, "secondary", monday)).toMatchObject({ kind: "rotation", end: monday + days(1) });
  });

  test("is the replaced person if no one else is left in the layer", () => {
    const history = historyOf([aLayer()], anOverride({ person: bob, start: monday, end: monday + days(1) }));
    expect(nameAt(history, monday, "secondary")).toBe("Ada");
    const alone = historyOf(
      [aLayer({ members: [ada] })],
      anOverride({ start: monday, end: monday + days(1) }),
    );
    expect(nameAt(alone, monday, "secondary")).toBe("Ada");
  });

  test("skips a member with several consecutive shifts", () => {
    expect(nameAt(historyOf([aLayer({ members: [ada, ada, bob] })]), monday, "secondary")).toBe("Bob");
    expect(nameAt(historyOf([aLayer({ members: [ada, ada] })]), monday, "secondary")).toBeUndefined();
  });

  test("comes from the highest lower layer on duty when the winning one has one member", () => {
    const dee: Person = { name: "Dee", email: "dee@example.com" };
    const below = aLayer({ name: "below", members: [dee, cyd] });
    const off = aLayer({
      name: "off",
      members: [bob],
      restrictions: [{ type: "daily", start: "22:00", end: "23:00" }],
    });
    const winning = aLayer({ name: "winning", members: [ada] });
    expect(nameAt(historyOf([below, off, winning]), monday, "secondary")).toBe("Dee");
    expect(nameAt(historyOf([below, off, winning]), utc("2026-11-23T22:30"), "secondary")).toBe("Bob");
    const same = aLayer({ name: "below", members: [ada, dee] });
    expect(nameAt(historyOf([same, winning]), monday, "secondary")).toBe("Dee");
  });

  test("is that of its own layer, and unassigned while the layer is", () => {
    const own = aLayer({
      name: "second",
      role: "secondary",
      members: [cyd],
      restrictions: [{ type: "daily", start: "12:00", end: "18:00" }],
    });
    expect(
      described(historyOf([aLayer(), own]), "2026-11-23T09:00", "2026-11-23T20:00", "secondary"),
    ).toEqual(["11-23T09:00 no one", "11-23T12:00 Cyd", "11-23T18:00 no one"]);
  });

  test("stays while someone else takes over from the primary", () => {
    const history = historyOf([aLayer()], anOverride({ start: monday, end: monday + days(1) }));
    expect(nameAt(history, monday)).toBe("Cyd");
    expect(nameAt(history, monday, "secondary")).toBe("Bob");
  });
});

describe("of several layers", () => {
  test("the later one wins while it has someone on duty", () => {
    const nights = aLayer({
      name: "nights",
      members: [cyd],
      restrictions: [{ type: "daily", start: "22:00", end: "06:00" }],
    });
    expect(described(historyOf([aLayer(), nights]), "2026-11-29T12:00", "2026-12-01T00:00")).toEqual([
      "11-29T12:00 Ada",
      "11-29T22:00 Cyd",
      "11-30T06:00 Ada",
      "11-30T09:00 Bob",
      "11-30T22:00 Cyd",
    ]);
    expect(described(historyOf([nights, aLayer()]), "2026-11-24T00:00", "2026-11-30T00:00")).toEqual([
      "11-24T00:00 Ada",
    ]);
  });

  test("the later one wins from its start on", () => {
    const later = aLayer({
      name: "later",
      members: [cyd],
      rotation: { ...aLayer().rotation, startsOn: "2026-11-25" },
    });
    expect(described(historyOf([aLayer(), later]), "2026-11-24T00:00", "2026-12-20T00:00")).toEqual([
      "11-24T00:00 Ada",
      "11-25T09:00 Cyd",
    ]);
  });

  test("a weekend layer over the week: Friday evening to Monday morning", () => {
    const weekend = aLayer({
      name: "weekend",
      members: [cyd],
      restrictions: [{ type: "weekly", startDay: "friday", start: "18:00", endDay: "monday", end: "08:00" }],
    });
    expect(described(historyOf([aLayer(), weekend]), "2026-11-23T09:00", "2026-12-01T00:00")).toEqual([
      "11-23T09:00 Ada",
      "11-27T18:00 Cyd",
      "11-30T08:00 Ada",
      "11-30T09:00 Bob",
    ]);
  });

  test("hours skipped by a clock change do not end a layer permanently", () => {
    const early = aLayer({
      rotation: { ...aLayer().rotation, startsOn: "2026-03-23" },
      restrictions: [{ type: "daily", start: "02:15", end: "02:45" }],
    });
    const history: ScheduleHistory = {
      schedules: [aSchedule({ layers: [early], timezone: "Europe/Berlin" })],
      overrides: [],
    };
    expect(described(history, "2026-03-27T12:00", "2026-03-30T12:00")).toEqual([
      "03-27T12:00 no one",
      "03-28T01:15 Ada",
      "03-28T01:45 no one",
      "03-30T00:15 Ada",
      "03-30T00:45 no one",
    ]);
  });
});

describe("an override", () => {
  const history = (...overrides: Override[]) => historyOf([aLayer()], ...overrides);

  test("acts from its start until just before its end", () => {
    const { start, end, id } = anOverride({ id: "ovr_x" });
    const overridden = history(anOverride({ id: "ovr_x" }));
    expect([start - 1, start, end - 1, end].map((at) => nameAt(overridden, at))).toEqual([
      "Ada",
      "Cyd",
      "Cyd",
      "Ada",
    ]);
    expect(onCallAt(overridden, "primary", start)).toEqual({
      person: cyd,
      kind: "override",
      by: id,
      start,
      end,
    });
    expect(onCallAt(overridden, "primary", end)).toMatchObject({ start: end, end: utc("2026-11-30T09:00") });
    expect(onCallAt(overridden, "primary", start - 1)).toMatchObject({ end: start });
  });

  test("beats an earlier one, which shows again after it", () => {
    const first = anOverride({ start: utc("2026-11-24T00:00"), end: utc("2026-11-26T00:00") });
    const last = anOverride({ person: bob, start: utc("2026-11-24T12:00"), end: utc("2026-11-25T00:00") });
    expect(described(history(first, last), "2026-11-23T12:00", "2026-11-27T00:00")).toEqual([
      "11-23T12:00 Ada",
      "11-24T00:00 Cyd instead",
      "11-24T12:00 Bob instead",
      "11-25T00:00 Cyd instead",
      "11-26T00:00 Ada",
    ]);
    expect(described(history(last, first), "2026-11-24T06:00", "2026-11-25T12:00")).toEqual([
      "11-24T06:00 Cyd instead",
    ]);
  });

  test("that replaces a person applies only while that person would be on call", () => {
    const span = { start: utc("2026-11-29T00:00"), end: utc("2026-12-09T00:00") };
    expect(
      described(
        history(anOverride({ ...span, replaces: bob.email })),
        "2026-11-28T00:00",
        "2026-12-10T00:00",
      ),
    ).toEqual(["11-28T00:00 Ada", "11-30T09:00 Cyd instead", "12-07T09:00 Ada"]);
    expect(
      described(
        history(anOverride({ ...span, replaces: ada.email })),
        "2026-11-28T00:00",
        "2026-12-10T00:00",
      ),
    ).toEqual([
      "11-28T00:00 Ada",
      "11-29T00:00 Cyd instead",
      "11-30T09:00 Bob",
      "12-07T09:00 Cyd instead",
      "12-09T00:00 Ada",
    ]);
  });

  test("that does not apply does not split the shift", () => {
    const idle = anOverride({ replaces: bob.email });
    for (const at of [monday, idle.start, idle.end]) {
      expect(onCallAt(history(idle), "primary", at)).toEqual(onCallAt(history(), "primary", at));
    }
  });

  test("that replaces a person also applies to earlier overrides", () => {
    const first = anOverride();
    // Ada is not on call any more, Cyd is.
    expect(nameAt(history(first, anOverride({ person: bob, replaces: ada.email })), first.start)).toBe("Cyd");
    expect(nameAt(history(first, anOverride({ person: bob, replaces: cyd.email })), first.start)).toBe("Bob");
  });

  test("puts someone on call before the rotation starts, unless it replaces a person", () => {
    const early = { start: utc("2026-11-01T00:00"), end: utc("2026-11-02T00:00") };
    expect(nameAt(history(anOverride(early)), early.start)).toBe("Cyd");
    expect(nameAt(history(anOverride({ ...early, replaces: ada.email })), early.start)).toBeUndefined();
  });

  test("of one role leaves the other alone", () => {
    const secondary = anOverride({ role: "secondary" });
    expect(nameAt(history(secondary), secondary.start)).toBe("Ada");
    expect(nameAt(history(secondary), secondary.start, "secondary")).toBe("Cyd");
  });

  test("by the person already on call is distinguished from the shift", () => {
    expect(described(history(anOverride({ person: ada })), "2026-11-23T12:00", "2026-11-26T00:00")).toEqual([
      "11-23T12:00 Ada",
      "11-24T10:00 Ada instead",
      "11-25T10:00 Ada",
    ]);
  });
});

describe("a schedule that was changed", () => {
  const changedAt = utc("2026-12-02T12:00");
  const first = aSchedule({ layers: [aLayer()], createdAt: monday });
  const changed = (layer: Partial<Layer>): ScheduleHistory => ({
    schedules: [
      { ...first, inForceUntil: changedAt },
      aSchedule({ layers: [aLayer(layer)], inForceFrom: changedAt }),
    ],
    overrides: [],
  });

  test("was the first one from its start on, years before it was made", () => {
    const old = aLayer({ rotation: { ...aLayer().rotation, startsOn: "2016-11-21" } });
    const history = { schedules: [aSchedule({ layers: [old], createdAt: monday })], overrides: [] };
    expect(nameAt(history, utc("2016-11-21T08:59"))).toBeUndefined();
    expect(nameAt(history, utc("2016-11-21T09:00"))).toBe("Ada");
    // 522 weeks on it is Ada's turn again.
    expect(onCallAt(history, "primary", utc("2026-11-24T00:00"))).toMatchObject({
      person: ada,
      start: utc("2026-11-23T09:00"),
    });
  });

  test("holds from the change on; shifts before it stay what they were", () => {
    expect(described(changed({ members: [cyd, ada] }), "2026-11-29T00:00", "2026-12-09T00:00")).toEqual([
      "11-29T00:00 Ada",
      "11-30T09:00 Bob",
      // The new rotation's second week.
      "12-02T12:00 Ada",
      "12-07T09:00 Cyd",
    ]);
    expect(onCallAt(changed({ members: [cyd, ada] }), "primary", changedAt - 1)).toMatchObject({
      person: bob,
      end: changedAt,
    });
    expect(onCallAt(changed({ members: [cyd, ada] }), "primary", changedAt)).toMatchObject({
      person: ada,
      start: changedAt,
    });
  });

  test("has no one between the change and a later start", () => {
    const later = { rotation: { ...aLayer().rotation, startsOn: "2026-12-07" } };
    expect(described(changed(later), "2026-12-01T00:00", "2026-12-09T00:00")).toEqual([
      "12-01T00:00 Bob",
      "12-02T12:00 no one",
      "12-07T09:00 Ada",
    ]);
  });

  test("without a change of person is one stretch", () => {
    expect(described(changed({ name: "renamed" }), "2026-12-01T00:00", "2026-12-07T00:00")).toEqual([
      "12-01T00:00 Bob",
    ]);
  });

  test("by its zone alone hands over at the new zone's time", () => {
    const history = {
      schedules: [first, { ...first, timezone: "America/New_York", inForceFrom: changedAt }],
      overrides: [],
    };
    expect(described(history, "2026-11-29T00:00", "2026-12-09T00:00")).toEqual([
      "11-29T00:00 Ada",
      "11-30T09:00 Bob",
      "12-07T14:00 Ada",
    ]);
  });
});

describe("for any history", () => {
  const spanStart = utc("2026-03-20T00:00");
  const spanDays = 30;
  const people: readonly Person[] = [ada, bob, cyd, { name: "Dee", email: "dee@example.com" }];
  const instant = fc
    .integer({ min: -5 * 1_440, max: (spanDays + 5) * 1_440 })
    .map((count) => spanStart + minutes(count));
  const time = fc.integer({ min: 0, max: 1_439 }).map((count) => show(minutes(count)).slice(11));
  const weekday = fc.constantFrom("monday", "wednesday", "saturday", "sunday");
  const restriction: fc.Arbitrary<Restriction> = fc
    .oneof(
      fc.record({ type: fc.constant("daily"), start: time, end: time }),
      fc.record({ type: fc.constant("weekly"), startDay: weekday, start: time, endDay: weekday, end: time }),
    )
    .filter(({ start, end }) => start !== end);
  const layer: fc.Arbitrary<Layer> = fc.record({
    name: fc.constantFrom("one", "two", "three"),
    role: fc.constantFrom(...onCallRoles),
    rotation: fc.record({
      unit: fc.constantFrom(...rotationUnits),
      length: fc.integer({ min: 1, max: 4 }),
      handoffTime: time,
      startsOn: fc.integer({ min: -60, max: spanDays }).map((day) => formatDate(spanStart + days(day))),
    }),
    members: fc.oneof(
      fc.shuffledSubarray([...people], { minLength: 1 }),
      // Some have several turns.
      fc.array(fc.constantFrom(...people), { minLength: 1, maxLength: 5 }),
    ),
    restrictions: fc.array(restriction, { maxLength: 2 }),
  });
  const zone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Africa/Casablanca",
  );
  const override: fc.Arbitrary<Override> = fc
    .record({
      role: fc.constantFrom(...onCallRoles),
      person: fc.constantFrom(...people),
      replaces: fc.option(fc.constantFrom(...people.map(({ email }) => email))),
      start: instant,
      hours: fc.integer({ min: 1, max: 168 }),
    })
    .map(({ hours, ...rest }) => anOverride({ ...rest, end: rest.start + minutes(hours * 60) }));
  /** Versions share layers, as those do that change only a zone. */
  const schedules = fc
    .record({
      layers: fc.array(layer, { minLength: 1, maxLength: 3 }),
      zones: fc.array(zone, { minLength: 1, maxLength: 3 }),
      changes: fc.array(instant, { minLength: 2, maxLength: 2 }),
      dropped: fc.nat(2),
    })
    .map(({ layers, zones, changes, dropped }) => {
      const inForceFrom = [null, ...changes.toSorted((a, b) => a - b)];
      return zones.map((timezone, index) => ({
        timezone,
        rotationType: "custom" as const,
        layers: index === 0 ? layers : layers.filter((_, at) => at !== dropped),
        inForceFrom: inForceFrom[index] ?? null,
      }));
    });
  const history: fc.Arbitrary<ScheduleHistory> = fc.record({
    schedules,
    overrides: fc.array(override, { maxLength: 3 }),
  });
  const role = fc.constantFrom(...onCallRoles);
  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const whole = { from: spanStart, to: spanStart + days(spanDays) };
  const answer = ({ person, kind }: OnCall) => ({ email: person?.email, kind });

  /** By the words of the rules, one instant at a time. */
  function byTheRules(
    { schedules, overrides }: ScheduleHistory,
    role: OnCallRole,
    at: number,
  ): { email: string | undefined; kind: string } {
    const schedule = schedules.findLast(({ inForceFrom }) => inForceFrom === null || inForceFrom <= at);
    const layers = schedule?.layers ?? [];
    const dutyOf = ({ rotation, members, restrictions }: Layer) => {
      const shift = schedule && shiftAt(rotation, schedule.timezone, at);
      return shift && dutyAt(restrictions, schedule.timezone, at).onDuty
        ? members[shift.number % members.length]?.email
        : undefined;
    };
    let email: string | undefined;
    let kind = "rotation";
    const hasOwn = layers.some((layer) => layer.role === role);
    if (role === "secondary" && !hasOwn) {
      const primary = byTheRules({ schedules, overrides }, "primary", at).email;
      const onDuty = layers.filter((layer) => dutyOf(layer) !== undefined);
      const winning = onDuty.at(-1);
      if (winning) {
        const scheduled = dutyOf(winning);
        const turn = schedule ? (shiftAt(winning.rotation, schedule.timezone, at)?.number ?? 0) : 0;
        for (let ahead = 1; ahead < winning.members.length && email === undefined; ahead += 1) {
          const member = winning.members[(turn + ahead) % winning.members.length]?.email;
          if (member !== scheduled && member !== primary) email = member;
        }
        if (email === undefined && scheduled !== primary) email = scheduled;
      }
      for (let below = onDuty.length - 2; below >= 0 && email === undefined; below -= 1) {
        const layer = onDuty[below];
        if (!layer || !schedule) continue;
        const turn = shiftAt(layer.rotation, schedule.timezone, at)?.number ?? 0;
        for (let ahead = 0; ahead < layer.members.length && email === undefined; ahead += 1) {
          const member = layer.members[(turn + ahead) % layer.members.length]?.email;
          if (member !== primary) email = member;
        }
      }
    } else {
      for (const layer of layers) if (layer.role === role) email = dutyOf(layer) ?? email;
    }
    for (const override of overrides) {
      if (override.role !== role || at < override.start || at >= override.end) continue;
      if (override.replaces !== null && override.replaces !== email) continue;
      email = override.person.email;
      kind = "override";
    }
    return { email, kind };
  }

  test("segments fill the requested time, none is empty, and adjacent ones differ", () => {
    fc.assert(
      fc.property(history, role, instant, instant, (history, role, one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        let at = from;
        let before: ReturnType<typeof answer> | undefined;
        for (const stretch of onCallBetween(history, role, from, to)) {
          expect(stretch.start).toBe(at);
          expect(stretch.end).toBeGreaterThan(stretch.start);
          expect(answer(stretch)).not.toEqual(before);
          [at, before] = [stretch.end, answer(stretch)];
        }
        expect(at).toBe(to);
      }),
    );
  });

  test("now and the stretches agree, with each other and with the rules", () => {
    fc.assert(
      fc.property(history, role, share, (history, role, share) => {
        const at = whole.from + Math.floor((whole.to - whole.from) * share);
        const stretch = onCallBetween(history, role, whole.from, whole.to).find(({ end }) => at < end);
        expect(answer(onCallAt(history, role, at))).toEqual(byTheRules(history, role, at));
        expect(stretch && answer(stretch)).toEqual(byTheRules(history, role, at));
      }),
      { numRuns: 300 },
    );
  });

  test("nothing changes between the start and the end of who is on call now", () => {
    fc.assert(
      fc.property(history, role, instant, share, (history, role, at, share) => {
        const now = onCallAt(history, role, at);
        expect(now.start).toBeLessThanOrEqual(at);
        expect(now.end).toBeGreaterThan(at);
        const [start, end] = [Math.max(now.start, at - days(400)), Math.min(now.end, at + days(400))];
        for (const other of [start, start + Math.floor((end - start) * share), end - 1]) {
          expect(byTheRules(history, role, other)).toEqual(answer(now));
        }
      }),
      { numRuns: 300 },
    );
  });

  test("the shift around an instant is the stretch that holds it", () => {
    fc.assert(
      fc.property(history, role, instant, (history, role, at) => {
        const around = [at - days(380), at + days(380)] as const;
        const stretch = onCallBetween(history, role, ...around).find(({ end }) => at < end);
        const shift = shiftAround(history, role, at);
        expect(answer(shift)).toEqual(answer(onCallAt(history, role, at)));
        expect([Math.max(shift.start, around[0]), Math.min(shift.end, around[1])]).toEqual([
          stretch?.start,
          stretch?.end,
        ]);
      }),
      { numRuns: 100 },
    );
  });

  test("two spans make one", () => {
    fc.assert(
      fc.property(history, role, share, (history, role, share) => {
        const between = Math.floor(whole.from + (whole.to - whole.from) * share);
        const before = onCallBetween(history, role, whole.from, between);
        const [first, ...after] = onCallBetween(history, role, between, whole.to);
        const last = before.at(-1);
        const joined =
          first && last && answer(first).email === answer(last).email && first.kind === last.kind
            ? [...before.slice(0, -1), { ...last, end: first.end }, ...after]
            : [...before, ...(first ? [first] : []), ...after];
        expect(joined).toEqual(onCallBetween(history, role, whole.from, whole.to));
      }),
    );
  });

  test("a derived secondary follows the rules and is never the primary", () => {
    const onlyPrimaries = history.map(({ schedules, overrides }) => ({
      schedules: schedules.map((schedule) => ({
        ...schedule,
        layers: schedule.layers.map((layer) => ({ ...layer, role: "primary" as const })),
      })),
      overrides,
    }));
    fc.assert(
      fc.property(onlyPrimaries, instant, (history, at) => {
        const secondary = onCallAt(history, "secondary", at);
        expect(answer(secondary)).toEqual(byTheRules(history, "secondary", at));
        if (secondary.kind === "override" || secondary.person === null) return;
        expect(secondary.person.email).not.toBe(onCallAt(history, "primary", at).person?.email);
      }),
      { numRuns: 1_000 },
    );
  });

  test("another override changes nothing outside it, and adds only its own person", () => {
    fc.assert(
      fc.property(history, override, role, instant, (history, override, role, at) => {
        // A derived secondary follows the primary.
        fc.pre(override.role === role || role === "primary");
        const before = onCallAt(history, role, at);
        const after = onCallAt({ ...history, overrides: [...history.overrides, override] }, role, at);
        const acts = override.role === role && override.start <= at && at < override.end;
        const replaces = override.replaces === null || override.replaces === before.person?.email;
        expect(answer(after)).toEqual(
          acts && replaces ? { email: override.person.email, kind: "override" } : answer(before),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("no one is on call before the first rotation starts", () => {
    fc.assert(
      fc.property(schedules, role, (schedules, role) => {
        const starts = schedules.flatMap(({ layers, timezone }) =>
          layers.map(({ rotation }) => startOfRotation(rotation, timezone)),
        );
        const before = Math.min(...starts);
        const stretches = onCallBetween({ schedules, overrides: [] }, role, before - days(400), before);
        expect(stretches.map(({ person }) => person)).toEqual([null]);
      }),
    );
  });
});
