import { describe, expect, test } from "vitest";
import {
  ada,
  anOverride,
  aSchedule,
  cyd,
  days,
  minutes,
  monday,
} from "../../../../tests/support/builders.ts";
import { systemOf, team } from "../../../../tests/support/memory/escalation.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import type { TestSystem } from "../../../../tests/support/memory/system.ts";
import { Conflict, NotFound } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { Metrics } from "../../../domain/metrics.ts";
import type { Override } from "../../../domain/oncall/schedule.ts";
import { scheduleStore } from "../../../storage/oncall/schedule-store.ts";
import { readOnCall } from "../read-on-call.ts";
import { readPolicy } from "../read-policy.ts";
import { createOverride } from "./create-override.ts";
import { endOverride } from "./end-override.ts";
import { endOverridesInForce } from "./end-overrides.ts";

/** Minutes of monday at which it begins and ends. */
const draft = (from: number, to: number, fields: Partial<Override> = {}) => {
  const { id: _, createdAt: __, ...rest } = anOverride({ team, ...fields });
  return { ...rest, start: monday + minutes(from), end: monday + minutes(to) };
};

const primaryAt = async (system: TestSystem, minute: number) =>
  (await readOnCall(system.deps, team, monday + minutes(minute))).roles.primary.person?.email;

describe("an override", () => {
  test("puts a person on call from its start until its end", async () => {
    const system = await systemOf();
    const override = await createOverride(system.deps, draft(10, 20), monday);
    const people = await Promise.all([9, 10, 19, 20].map((minute) => primaryAt(system, minute)));
    expect(people).toEqual([ada.email, cyd.email, cyd.email, ada.email]);
    expect((await readOnCall(system.deps, team, monday + minutes(10))).override).toEqual(override);
  });

  test("made twice by the same request is one", async () => {
    const system = await systemOf();
    const deps = { ...system.deps, ulid: () => "1" };
    const both = [
      await createOverride(deps, draft(0, 9), monday),
      await createOverride(deps, draft(0, 9), monday),
    ];
    expect((await system.seen.schedules.listOverrides(team, { limit: 9, after: null })).items).toEqual([
      both[1],
    ]);
  });

  test("one too many to come is refused; those that are over do not count, nor hide the schedule", async () => {
    const system = await systemOf();
    const past = Array.from({ length: 1_500 }, (_, n) =>
      anOverride({ createdAt: monday - days(2), ...draft(-n - 2, -n - 1) }),
    );
    for (const override of past) await system.deps.schedules.putOverride(override);
    const years = await system.deps.schedules.load(team, monday - days(365));
    expect(years?.schedule).toMatchObject({ team });
    expect(years?.history.overrides).toHaveLength(1_500);
    for (let n = 0; n < limits.overridesToCome; n += 1) {
      await createOverride(system.deps, draft(n, n + 1), monday);
    }
    await expect(createOverride(system.deps, draft(0, 9), monday)).rejects.toThrow(Conflict);
  });

  test("of the past bounds the current shift, and so does a future one", async () => {
    const system = await systemOf();
    await createOverride(system.deps, draft(0, 10), monday);
    await createOverride(system.deps, draft(50, 60), monday);
    const { roles } = await readOnCall(system.deps, team, monday + minutes(30));
    expect(roles.primary).toMatchObject({
      person: ada,
      start: monday + minutes(10),
      end: monday + minutes(50),
    });
  });

  test("of last year bounds a shift that is as long", async () => {
    const alone = aSchedule({ team }, { members: [{ ...ada, role: "primary" }], startsOn: "2020-01-06" });
    const system = await systemOf({ simpleSchedule: null });
    await system.deps.schedules.create(alone);
    const end = monday - days(200);
    await createOverride(system.deps, { ...draft(0, 0), start: end - days(1), end }, end - days(2));
    const { roles } = await readOnCall(system.deps, team, monday);
    expect(roles.primary).toMatchObject({ person: ada, start: end, end: Infinity });
  });

  test("of very many in the past leaves the read of a long shift small", async () => {
    const alone = aSchedule({ team }, { members: [{ ...ada, role: "primary" }], startsOn: "2020-01-06" });
    const table = memoryTable(() => monday);
    let items = 0;
    const query: typeof table.query = async (range) => {
      const found = await table.query(range);
      items += found.length;
      return found;
    };
    const schedules = scheduleStore({ ...table, query });
    await schedules.create(alone);
    const end = monday - days(40);
    for (let n = 0; n < 300; n += 1)
      await schedules.putOverride(
        anOverride({ team, id: `ovr_${n}`, start: end - days(n + 1), end: end - days(n) }),
      );
    const metrics = { count: () => undefined } as unknown as Metrics;
    const { roles } = await readOnCall({ schedules, metrics }, team, monday);
    expect(roles.primary).toMatchObject({ person: ada, start: end });
    expect(items).toBe(51);
  });

  test("of a longer time ago than a change of the schedule bounds the shift that the change left", async () => {
    const alone = aSchedule({ team }, { members: [{ ...ada, role: "primary" }], startsOn: "2020-01-06" });
    const system = await systemOf({ simpleSchedule: null });
    await system.deps.schedules.create(alone);
    const changedAt = monday - days(50);
    const next = { ...alone, handoffNotices: true, inForceFrom: changedAt };
    await system.deps.schedules.supersede({ ...alone, inForceUntil: changedAt }, next);
    const end = monday - days(100);
    await createOverride(system.deps, { ...draft(0, 0), start: end - days(1), end }, end - days(2));
    expect((await readOnCall(system.deps, team, monday)).roles.primary).toMatchObject({
      person: ada,
      start: end,
    });
  });

  test("that is ended leaves what it did, and gives the rest back", async () => {
    const system = await systemOf();
    const { id } = await createOverride(system.deps, draft(0, 60), monday);
    await endOverride(system.deps, id, monday + minutes(30));
    const people = await Promise.all([0, 29, 30, 59].map((minute) => primaryAt(system, minute)));
    expect(people).toEqual([cyd.email, cyd.email, ada.email, ada.email]);
  });

  test("ended for a team ends each that is in force, and none that is still to come", async () => {
    const system = await systemOf();
    for (const each of [draft(0, 60), draft(0, 60, { role: "secondary" }), draft(40, 90)]) {
      await createOverride(system.deps, each, monday);
    }
    expect(await endOverridesInForce(system.deps, team, monday + minutes(30))).toHaveLength(2);
    expect(await endOverridesInForce(system.deps, team, monday + minutes(30))).toEqual([]);
    expect(await primaryAt(system, 30)).toBe(ada.email);
    expect(await primaryAt(system, 40)).toBe(cyd.email);
  });

  test("of a team without a schedule, and an unknown one, are not found", async () => {
    const system = await systemOf({ simpleSchedule: null });
    await expect(createOverride(system.deps, draft(0, 9), monday)).rejects.toThrow(NotFound);
    await expect(endOverridesInForce(system.deps, team, monday)).rejects.toThrow(NotFound);
    await expect(endOverride(system.deps, "ovr_none", monday)).rejects.toThrow(NotFound);
  });
});

test("a team without a policy has the default, and one of which nothing is known has none", async () => {
  const system = await systemOf();
  expect(await readPolicy(system.deps, team, monday)).toMatchObject({
    rules: [{ delaySeconds: 300 }, { delaySeconds: 300 }],
    repeat: 0,
  });
  await expect(readPolicy(system.deps, "nobody", monday)).rejects.toThrow(NotFound);
});
