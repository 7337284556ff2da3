import fc from "fast-check";
import { expect, test } from "vitest";
import {
  aDraft,
  ada,
  anOverride,
  aPolicy,
  aSchedule,
  aService,
  aUser,
  bob,
  cyd,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import {
  answer,
  at,
  escalationOf,
  opened,
  systemOf,
  team,
} from "../../../tests/support/memory/escalation.ts";
import type { TestSystem } from "../../../tests/support/memory/system.ts";
import { Conflict } from "../../domain/errors.ts";
import { type UrgencySetting, urgencyChoices } from "../../domain/incidents/urgency.ts";
import { announcedEvents } from "../../domain/notifications/team-channel.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";
import { severities } from "../../domain/severity.ts";
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

/** Layers that hand over every hour, some on duty only while the incident escalates, some long before or after it. */
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

const simpleSchedule = fc.option(
  fc.record({
    layers: fc.array(layer, { minLength: 1, maxLength: 4 }),
    overrides: fc.array(override, { maxLength: 3 }),
  }),
);

const ackSecond = fc.option(fc.oneof(fc.nat(20_000), fc.constantFrom(0, 1, 300, 600, 900)));

const method = fc.constantFrom(
  { id: "mail", channel: "email", address: "home@example.com" } as const,
  { id: "phone", channel: "sms", address: "+4915112345678" } as const,
  { id: "room", channel: "slack", address: "#pages" } as const,
);
const rules = fc.array(
  fc.record({
    contactMethodId: fc.constantFrom("mail", "phone", "room"),
    delaySeconds: fc.constantFrom(0, 45, 301, 1_200),
  }),
  { maxLength: 4 },
);
const user = fc
  .record({
    contactMethods: fc.uniqueArray(method, { maxLength: 3, selector: ({ id }) => id }),
    notificationRules: rules,
    lowUrgencyRules: rules,
  })
  .map((fields) => ({ ...fields, updatedAt: monday }));
const users = fc.dictionary(
  fc.constantFrom(...people.map(({ email }) => email), "boss@example.com", "fallback@example.com"),
  user,
);
const teamChannels = fc.array(
  fc.record({
    id: fc.constantFrom("one", "two"),
    channel: fc.constant("slack" as const),
    address: fc.constantFrom("#a", "#b"),
    events: fc.uniqueArray(fc.constantFrom(...announcedEvents), { minLength: 1 }),
  }),
  { maxLength: 1 },
);
/** Seconds at which nothing else happens. */
const autoResolveSeconds = fc.option(fc.constantFrom(37, 333, 5_007));

const choice = fc.constantFrom(...urgencyChoices);
/** Hours of the day of the incident, which opens at 10:00. They begin after its first pages. */
const urgency: fc.Arbitrary<UrgencySetting> = fc.oneof(
  choice,
  fc.record({
    timezone: fc.constant("UTC"),
    hours: fc
      .constantFrom(["10:30", "12:00"], ["11:00", "09:00"], ["09:00", "11:00"])
      .map(([start, end]) => [{ type: "daily" as const, start: start ?? "", end: end ?? "" }]),
    inside: choice,
    outside: choice,
    raise: fc.boolean(),
  }),
);

const secondOf = (at: number) => (at - monday) / 1_000;

/** Lists what a simulation promises: `second recipient channel address`, bundles as one message. */
function promised({ steps, fallback, announcements }: Simulation): string[] {
  const pages = [...steps.flatMap((step) => step.pages), ...(fallback?.pages ?? [])].map(
    ({ at, recipient, method: { channel, address }, bundled }) =>
      `${secondOf(at)} ${recipient.email} ${channel} ${address}${bundled ? " bundle" : ""}`,
  );
  const heard = announcements.map(
    ({ at, event, channel: { channel, address } }) => `${secondOf(at)} ${event} ${channel} ${address}`,
  );
  const bundles = new Set(pages.filter((page) => page.endsWith("bundle")));
  return [...pages.filter((page) => !page.endsWith("bundle")), ...bundles, ...heard].toSorted();
}

/** Lists what was sent, in the same format. */
async function sentBy({ seen }: TestSystem): Promise<string[]> {
  const { items } = await seen.notifications.list({ status: "sent" }, { limit: 200, after: null });
  return items
    .filter(({ bundledInto }) => bundledInto === null)
    .map(({ kind, sentAt, metadata, recipient, channel, address }) => {
      const to = kind === "announcement" ? metadata.event : recipient;
      return `${secondOf(sentAt ?? 0)} ${to} ${channel} ${address}${kind === "bundle" ? " bundle" : ""}`;
    })
    .toSorted();
}

/** The steps that a simulation promises, in the format of `escalationOf`. */
function pagesOf({ steps, fallback, raisesAt }: Simulation): string[] {
  const pages = steps.flatMap(({ at, position: { pass, level }, recipients }) =>
    recipients.map(({ email }) => `${secondOf(at)} ${pass}.${level} ${email.split("@")[0]}`).toSorted(),
  );
  const passAt = (at: number) =>
    at === raisesAt ? 2 : (steps.findLast((step) => step.at <= at)?.position.pass ?? 1);
  const fallbacks = new Set(fallback?.pages.map((page) => page.at));
  const paged = [...fallbacks].map((at) => `${secondOf(at)} ${passAt(at)}.0 fallback`);
  return [...pages, ...paged].toSorted(bySecond);
}

function bySecond(a: string, b: string): number {
  return Number.parseFloat(a) - Number.parseFloat(b) || (a < b ? -1 : 1);
}

const circumstances = fc.record({
  policy: fc.option(policy),
  simpleSchedule,
  ackSecond,
  users,
  teamChannels,
  autoResolveSeconds,
  urgency,
  severity: fc.constantFrom(...severities),
  pagesPerQuarterHour: fc.constantFrom(1, 2, 3, 100),
  bundlingMs: fc.constantFrom(0, minutes(1)),
});

test("a simulation predicts what happens, for every policy, schedule, person, channel and response", async () => {
  await fc.assert(
    fc.asyncProperty(circumstances, async ({ policy, simpleSchedule, ackSecond, ...given }) => {
      const { autoResolveSeconds, pagesPerQuarterHour, bundlingMs, severity, urgency } = given;
      const system = await systemOf(
        {
          simpleSchedule: simpleSchedule && {},
          ...(simpleSchedule && { schedule: { layers: simpleSchedule.layers } }),
          ...(policy && { policy }),
        },
        { pagesPerQuarterHour, bundlingMs },
      );
      for (const fields of simpleSchedule?.overrides ?? [])
        await system.seen.schedules.putOverride(anOverride({ team, ...fields }));
      for (const [email, fields] of Object.entries(given.users))
        await system.seen.users.put(aUser({ email, ...fields }));
      if (given.teamChannels.length > 0) await system.seen.teamChannels.put(team, given.teamChannels);
      await system.seen.services.put(aService({ name: team, team, autoResolveSeconds, urgency }));
      const ackAt = ackSecond === null ? Number.POSITIVE_INFINITY : monday + seconds(ackSecond);
      const simulated = await simulate(
        { ...system.deps, defaultTeam: team },
        { service: team, severity },
        monday,
        ackAt,
      );

      system.deps.defaultTeam = team;
      await system.receive(aDraft({ severity }));
      await system.pump();
      if (ackSecond !== null) {
        await at(system, Math.max(0, ackSecond - 0.001));
        system.waitUntil(ackAt);
        await answer(system, "acknowledged").catch(ignoreConflict);
      }
      await at(system, 100_000);
      expect(await sentBy(system)).toEqual(promised(simulated));
      const sharesMessages = bundlingMs > 0;
      if (Object.keys(given.users).length > 0 || autoResolveSeconds !== null || sharesMessages) return;
      // Announcements and bundles are at no level.
      const escalation = (await escalationOf(system)).filter((page) => !page.includes("undefined"));
      expect(escalation).toEqual(pagesOf(simulated));
    }),
    { numRuns: 200 },
  );
});

/** It has resolved itself before. */
function ignoreConflict(error: unknown): void {
  if (!(error instanceof Conflict)) throw error;
}

test("says by which channel, rule and time a person is really paged", async () => {
  const system = await systemOf();
  await system.seen.users.put(
    aUser({
      email: ada.email,
      contactMethods: [
        { id: "phone", channel: "sms", address: "+4915112345678" },
        { id: "mail", channel: "email", address: "ada@home.example" },
      ],
      notificationRules: [
        { contactMethodId: "mail", delaySeconds: 60 },
        { contactMethodId: "phone", delaySeconds: 0 },
      ],
    }),
  );
  const { steps } = await simulate(
    system.deps,
    { service: team, severity: "critical" },
    monday,
    monday + seconds(61),
  );
  expect(
    steps[0]?.pages.map(({ method: { channel, address }, at }) => [channel, address, secondOf(at)]),
  ).toEqual([
    ["sms", "+4915112345678", 0],
    ["email", "ada@home.example", 60],
  ]);
});

const criticalAlert = { service: team, severity: "critical" } as const;

const timesOf = ({ steps }: Simulation) =>
  steps.map(({ pages }) => pages.map(({ at, bundled }) => [secondOf(at), bundled]));

test("marks a repeated page as bundled when the person has reached the limit for 15 minutes", async () => {
  const system = await systemOf(
    { policy: aPolicy({ rules: [["primary"]], delaySeconds: 60, repeat: 1 }) },
    { pagesPerQuarterHour: 2 },
  );
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.receive(aDraft({ dedupKey: "b" }));
  await system.settle({ within: seconds(70) });
  system.waitUntil(monday + seconds(100));
  const simulated = await simulate(system.deps, criticalAlert, system.now(), Number.POSITIVE_INFINITY);
  expect(timesOf(simulated)).toEqual([[[100, false]], [[900, true]]]);
});

test("marks a page as bundled when the person was paged just before", async () => {
  const system = await systemOf({ policy: aPolicy({ rules: [["primary"]] }) }, { bundlingMs: minutes(1) });
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.pump();
  system.waitUntil(monday + seconds(7));
  const simulated = await simulate(system.deps, criticalAlert, system.now(), Number.POSITIVE_INFINITY);
  expect(timesOf(simulated)).toEqual([[[20, true]]]);
});

test("nothing is stored and no one is paged", async () => {
  const system = await systemOf();
  await simulate(system.deps, { service: team, severity: "critical" }, monday, Number.POSITIVE_INFINITY);
  await system.settle();
  expect((await system.seen.incidents.list({}, { limit: 1, after: null })).items).toEqual([]);
  expect(system.pages).toEqual([]);
});

test("each page has its reason, and coverage gaps are predicted", async () => {
  const system = await systemOf({
    schedule: aSchedule({ team }, { startsOn: "2026-11-30" }),
    policy: aPolicy(),
  });
  const { steps, fallback, gaps } = await simulate(
    system.deps,
    { service: team, severity: "critical" },
    monday,
    Number.POSITIVE_INFINITY,
  );
  expect([steps, fallback?.at]).toEqual([[], monday]);
  expect(gaps).toEqual([{ start: monday, end: Date.UTC(2026, 10, 30, 9) }]);

  const later = await simulate(
    system.deps,
    { service: team, severity: "critical" },
    Date.UTC(2026, 11, 1),
    Number.POSITIVE_INFINITY,
  );
  expect(later.steps[0]?.recipients).toEqual([
    { ...ada, reason: { kind: "layer", role: "primary", name: "primary" } },
  ]);
  expect(later).toMatchObject({ fallback: null, gaps: [] });
});

test("an acknowledgement at the very beginning comes after the first page", async () => {
  const system = await opened();
  const simulation = await simulate(system.deps, { service: team, severity: "critical" }, monday, monday);
  expect(pagesOf(simulation)).toEqual(["0 1.1 ada"]);
});
