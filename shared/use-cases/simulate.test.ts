import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aDraft,
  ada,
  anOverride,
  aPolicy,
  aSchedule,
  bob,
  cyd,
  minutes,
  monday,
  seconds,
} from "../../tests/support/builders.ts";
import { answer, at, climbOf, opened, team, worldOf } from "../../tests/support/escalation.ts";
import type { EscalationPolicy } from "../domain/escalation.ts";
import { onCallRoles } from "../domain/schedule.ts";
import { type Simulation, simulate } from "./simulate.ts";

const people = [ada, bob, cyd];
const role = fc.constantFrom(...onCallRoles);
const email = fc.constantFrom("ada@example.com", "boss@example.com");

const policy: fc.Arbitrary<EscalationPolicy> = fc.record({
  rules: fc.array(
    fc.record({
      targets: fc.array(
        fc.oneof(
          { weight: 3, arbitrary: fc.record({ type: fc.constant("schedule" as const), role }) },
          { weight: 1, arbitrary: fc.record({ type: fc.constant("user" as const), email }) },
        ),
        { minLength: 1, maxLength: 3 },
      ),
      delaySeconds: fc.constantFrom(1, 59, 300, 900, 901, 4_000),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  repeat: fc.nat(2),
});

/** Layers that hand over every hour, some on duty only while the incident climbs, some long before or after it. */
const layer = fc
  .record({
    role,
    members: fc.array(fc.constantFrom(...people), { minLength: 1, maxLength: 3 }),
    handoffTime: fc.constantFrom("09:30", "10:00", "10:10"),
    startsOn: fc.constantFrom("2026-11-01", "2026-11-23", "2026-12-24"),
    hours: fc.option(fc.constantFrom(["10:05", "11:00"], ["09:00", "10:20"], ["22:00", "06:00"])),
  })
  .map(({ role, members, handoffTime, startsOn, hours }) => ({
    name: `${role} of ${members.length}`,
    role,
    members,
    rotation: { unit: "hour" as const, length: 1, handoffTime, startsOn },
    restrictions: hours ? [{ type: "daily" as const, start: hours[0] ?? "", end: hours[1] ?? "" }] : [],
  }));

const override = fc
  .record({
    role,
    person: fc.constantFrom(...people),
    replaces: fc.option(fc.constantFrom(...people.map(({ email }) => email))),
    from: fc.integer({ min: -30, max: 60 }),
    length: fc.integer({ min: 1, max: 90 }),
  })
  .map(({ role, person, replaces, from, length }) => ({
    role,
    person,
    replaces,
    start: monday + minutes(from),
    end: monday + minutes(from + length),
  }));

const rota = fc.option(
  fc.record({
    layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
    overrides: fc.array(override, { maxLength: 3 }),
  }),
);

const ackSecond = fc.option(fc.oneof(fc.nat(20_000), fc.constantFrom(0, 1, 300, 600, 900)));

/** The pages that a simulation promises, as `climbOf` tells the real ones. */
function pagesOf({ steps, fallbackAt }: Simulation): string[] {
  const pages = steps.flatMap(({ at, position: { pass, level }, recipients }) =>
    recipients
      .map(({ email }) => `${(at - monday) / 1_000} ${pass}.${level} ${email.split("@")[0]}`)
      .toSorted(),
  );
  return fallbackAt === null ? pages : [...pages, `${(fallbackAt - monday) / 1_000} 1.0 fallback`];
}

test("what a simulation says is what happens, for every policy, rota and answer", {
  timeout: 60_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.option(policy), rota, ackSecond, async (policy, rota, ackSecond) => {
      const world = await worldOf({
        rota: rota && {},
        ...(rota && { schedule: { layers: rota.layers } }),
        ...(policy && { policy }),
      });
      for (const fields of rota?.overrides ?? [])
        await world.seen.rotas.putOverride(anOverride({ team, ...fields }));
      const ackAt = ackSecond === null ? Number.POSITIVE_INFINITY : monday + seconds(ackSecond);
      const deps = { ...world.deps, defaultTeam: team };
      const simulated = await simulate(deps, team, monday, ackAt);

      world.deps.defaultTeam = team;
      await world.receive(aDraft());
      await world.pump();
      if (ackSecond !== null) {
        await at(world, Math.max(0, ackSecond - 0.001));
        world.waitUntil(ackAt);
        await answer(world, "acknowledged");
      }
      await at(world, 100_000);
      expect(await climbOf(world)).toEqual(pagesOf(simulated));
    }),
    { numRuns: 150 },
  );
});

test("nothing is stored and nobody is paged", async () => {
  const world = await worldOf();
  await simulate(world.deps, team, monday, Number.POSITIVE_INFINITY);
  await world.settle();
  expect((await world.seen.incidents.list({}, { limit: 1, after: null })).items).toEqual([]);
  expect(world.pages).toEqual([]);
});

test("each page says why, and when nobody would be there at all is foretold", async () => {
  const world = await worldOf({
    schedule: aSchedule({ team }, { startsOn: "2026-11-30" }),
    policy: aPolicy(),
  });
  const { steps, fallbackAt, gaps } = await simulate(world.deps, team, monday, Number.POSITIVE_INFINITY);
  expect({ steps, fallbackAt }).toEqual({ steps: [], fallbackAt: monday });
  expect(gaps).toEqual([{ start: monday, end: Date.UTC(2026, 10, 30, 9) }]);

  const later = await simulate(world.deps, team, Date.UTC(2026, 11, 1), Number.POSITIVE_INFINITY);
  expect(later.steps[0]?.recipients).toEqual([{ ...ada, why: "primary by layer primary" }]);
  expect(later).toMatchObject({ fallbackAt: null, gaps: [] });
});

test("an acknowledgement at the very beginning comes after the first page", async () => {
  const world = await opened();
  const simulation = await simulate(world.deps, team, monday, monday);
  expect(pagesOf(simulation)).toEqual(["0 1.1 ada"]);
});
