import { expect, test } from "vitest";
import {
  aDraft,
  ada,
  anOverride,
  aRule,
  aService,
  aUser,
  cyd,
  days,
  monday,
} from "../../../tests/support/builders.ts";
import { adaThenBob, answer, incidentOf, systemOf, team } from "../../../tests/support/memory/escalation.ts";
import type { TestSystem } from "../../../tests/support/memory/system.ts";
import { describeEvent } from "../../domain/incidents/event-labels.ts";
import type { UrgencyHours, UrgencySetting } from "../../domain/incidents/urgency.ts";
import type { Severity } from "../../domain/severity.ts";
import { changeIncident } from "./change-incident.ts";
import { fireTimer } from "./fire-timer.ts";
import { reopenWhenDue } from "./lifecycle/reopen-when-due.ts";
import { raiseWhenDue } from "./raise-urgency.ts";

const sunday = monday - days(1);
const utc = (text: string) => Date.parse(`${text}Z`);
/** Berlin is at +1. */
const mondayMorning = utc("2026-11-23T08:00");

const office: UrgencyHours = {
  timezone: "Europe/Berlin",
  hours: [{ type: "weekly", startDay: "monday", start: "09:00", endDay: "friday", end: "17:00" }],
  inside: "high",
  outside: "low",
  raise: true,
};

/** Ada's text messages come first, her email is for low urgency. */
const adasMethods = [
  { id: "phone", channel: "sms", address: "+4915112345678" },
  { id: "mail", channel: "email", address: "ada@home.example" },
] as const;

async function systemWith(urgency: UrgencySetting, { now = sunday } = {}): Promise<TestSystem> {
  const simpleSchedule = { ...adaThenBob, startsOn: "2026-11-01" };
  const system = await systemOf({ simpleSchedule }, { now });
  await system.seen.services.put(aService({ name: team, team, urgency }));
  await system.seen.users.put(aUser({ email: ada.email, contactMethods: adasMethods }));
  return system;
}

async function open(system: TestSystem, severity: Severity = "medium"): Promise<void> {
  await system.receive(aDraft({ severity, dedupKey: "a" }));
  await system.pump();
}

async function until(system: TestSystem, time: number): Promise<void> {
  await system.settle({ within: time - system.now() });
  system.waitUntil(time);
}

/** Lists what was sent: `time pass.level recipient channel`. */
function sent({ pages }: TestSystem): string[] {
  return pages.map(({ createdAt, metadata: { pass, level }, recipient, channel }) =>
    [formatted(createdAt), `${pass}.${level}`, recipient.split("@")[0], channel].join(" "),
  );
}

const formatted = (at: number) => new Date(at).toISOString().slice(5, 16);

async function changesOf(system: TestSystem): Promise<string[]> {
  const { id } = await incidentOf(system);
  const { events } = await system.seen.incidentEvents.history(id);
  return events.filter(({ type }) => type === "urgency_changed").map(describeEvent);
}

test("a service without urgency settings stores nothing more in its incidents", async () => {
  const system = await systemWith("high");
  await open(system);
  const incident = await incidentOf(system);
  expect(Object.keys(incident).filter((name) => /urgency|raises/i.test(name))).toEqual([]);
  expect(sent(system)).toEqual(["11-22T10:00 1.1 ada sms"]);
});

test("low urgency notifies once by email, and does not escalate", async () => {
  const system = await systemWith("low");
  await open(system);
  await until(system, monday);
  expect(sent(system)).toEqual(["11-22T10:00 1.1 ada email"]);
  expect(await incidentOf(system)).toMatchObject({ urgency: "low", escalation: { level: 1, nextAt: null } });
});

test("low urgency follows the person's rules for it, until someone acknowledges", async () => {
  const system = await systemWith("low");
  const rules = { contactMethodId: "phone", delaySeconds: 600 };
  const known = await system.seen.users.find(ada.email);
  const lowUrgencyRules = [rules, { ...rules, contactMethodId: "mail", delaySeconds: 60 }];
  await system.seen.users.put(
    aUser({ ...known, email: ada.email, lowUrgencyRules, updatedAt: monday }),
    known,
  );
  await open(system);
  await until(system, sunday + 300_000);
  await answer(system, "acknowledged");
  await until(system, monday);
  expect(sent(system)).toEqual(["11-22T10:00 1.1 ada email"]);
});

test("the urgency of a routing rule takes precedence over the service's", async () => {
  const system = await systemWith("low");
  const rule = aRule({ urgency: "high" });
  await system.seen.ruleStore.putRouting({ rules: [rule], inForceFrom: 0 }, null);
  await open(system);
  expect((await incidentOf(system)).urgency).toBeUndefined();
  expect(sent(system)).toEqual(["11-22T10:00 1.1 ada sms"]);
});

test("a waiting incident becomes high when hours begin, and pages by the policy from its first rule", async () => {
  const system = await systemWith(office);
  await open(system);
  expect((await incidentOf(system)).raisesAt).toBe(mondayMorning);
  await until(system, mondayMorning - 1);
  expect(sent(system)).toEqual(["11-22T10:00 1.1 ada email"]);
  // Whoever is on call then.
  await system.seen.schedules.putOverride(
    anOverride({ team, person: cyd, start: mondayMorning, end: mondayMorning + days(1) }),
  );
  await until(system, mondayMorning + 400_000);
  expect(sent(system).slice(1)).toEqual(["11-23T08:00 2.1 cyd email", "11-23T08:05 2.2 bob email"]);
  const incident = await incidentOf(system);
  expect([incident.urgency, incident.raisesAt]).toEqual([undefined, undefined]);
  expect(await changesOf(system)).toEqual(["Urgency changed from low to high, because support hours began"]);
});

test("the sweep raises if the message of the timer is lost, and a repeated timer changes nothing", async () => {
  const system = await systemWith(office);
  await open(system);
  const { id, raisesAt = 0 } = await incidentOf(system);
  system.queue("timers").remove(system.queue("timers").messages);
  await until(system, mondayMorning + 60_000);
  expect(sent(system)).toHaveLength(2);
  const timer = { kind: "urgency", incidentId: id, dueAt: raisesAt } as const;
  await fireTimer(system.deps, timer, system.now());
  await raiseWhenDue(system.deps, timer, system.now());
  await until(system, mondayMorning + 120_000);
  expect(sent(system)).toHaveLength(2);
  expect(await changesOf(system)).toHaveLength(1);
});

test("an acknowledged or resolved incident stays low when hours begin", async () => {
  for (const status of ["acknowledged", "resolved"] as const) {
    const system = await systemWith(office);
    await open(system);
    await answer(system, status);
    await until(system, mondayMorning + 3_600_000);
    expect(sent(system)).toEqual(["11-22T10:00 1.1 ada email"]);
    expect(await changesOf(system)).toEqual([]);
  }
});

test("without `raise`, hours decide only when an incident opens", async () => {
  const system = await systemWith({ ...office, raise: false });
  await open(system);
  await until(system, monday);
  expect(sent(system)).toHaveLength(1);
  expect((await incidentOf(system)).raisesAt).toBeUndefined();
});

test.each(["an alert", "a person"])(
  "a severity raised by %s pages at once, and one below waits",
  async (by) => {
    const system = await systemWith("by_severity");
    await open(system, "low");
    const raise = async (to: Severity) => {
      const { id } = await incidentOf(system);
      const commands = [{ type: "change_severity", to, actor: "bob" }] as const;
      if (by === "an alert") await system.receive(aDraft({ severity: to, dedupKey: "a" }));
      else await changeIncident(system.deps, id, { commands, note: null, actor: "bob" }, system.now());
      await system.pump();
    };
    system.advance(60_000);
    await raise("medium");
    expect(sent(system)).toEqual(["11-22T10:00 1.1 ada email"]);
    system.advance(60_000);
    await raise("critical");
    await until(system, monday);
    expect(sent(system).slice(1)).toEqual(["11-22T10:02 2.1 ada sms", "11-22T10:07 2.2 bob email"]);
    expect(await changesOf(system)).toEqual([
      "Urgency changed from low to high, because its severity changed",
    ]);
  },
);

test("a severity raised in the batch that opens an incident pages at once", async () => {
  const system = await systemWith("by_severity");
  const drafts = (["low", "critical"] as const).map((severity) => aDraft({ severity, dedupKey: "a" }));
  await system.receive(...drafts);
  await system.pump();
  // The page of low urgency was not sent yet when the incident became high.
  expect(sent(system)).toEqual(["11-22T10:00 2.1 ada sms"]);
});

test("a raised severity moves the time at which hours raise the urgency", async () => {
  const system = await systemWith({ ...office, inside: "by_severity" });
  await open(system);
  expect((await incidentOf(system)).raisesAt).toBeUndefined();
  await system.receive(aDraft({ severity: "high", dedupKey: "a" }));
  await system.pump();
  expect(await incidentOf(system)).toMatchObject({ urgency: "low", raisesAt: mondayMorning });
  await until(system, mondayMorning);
  expect(sent(system).slice(1)).toEqual(["11-23T08:00 2.1 ada sms"]);
});

test("an incident that is open again has the urgency of that time", async () => {
  const system = await systemWith(office, { now: monday });
  await open(system);
  expect(sent(system)).toEqual(["11-23T10:00 1.1 ada sms"]);
  const acknowledged = await answer(system, "acknowledged");
  await system.pump();
  const evening = utc("2026-11-27T18:00");
  const snoozedUntil = { ...acknowledged, snoozedUntil: evening, pendingEvents: [] };
  await system.seen.incidents.save(snoozedUntil);
  await until(system, evening);
  const timer = { kind: "snooze", incidentId: acknowledged.id, dueAt: evening } as const;
  await reopenWhenDue(system.deps, timer, evening);
  await system.pump();
  const nextMonday = mondayMorning + days(7);
  expect(await incidentOf(system)).toMatchObject({ urgency: "low", raisesAt: nextMonday });
  expect(sent(system).at(-1)).toBe("11-27T18:00 2.1 ada email");
  await until(system, nextMonday);
  expect(sent(system).at(-1)).toBe("11-30T08:00 3.1 ada sms");
  expect(await changesOf(system)).toEqual([
    "Urgency changed from high to low, because support hours ended",
    "Urgency changed from low to high, because support hours began",
  ]);
});

test("the fallback address is notified of low urgency, and paged when it becomes high", async () => {
  const system = await systemOf({ simpleSchedule: null }, { now: sunday });
  await system.seen.services.put(aService({ name: team, team, urgency: office }));
  await open(system);
  await until(system, mondayMorning);
  expect(sent(system)).toEqual(["11-22T10:00 1.0 fallback email", "11-23T08:00 2.0 fallback email"]);
});
