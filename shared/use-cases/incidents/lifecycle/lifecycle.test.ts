/** Snoozes, acknowledgements that expire, and incidents that are open again: by clock, by hand, and in any order. */
import { expect, test } from "vitest";
import {
  aDraft,
  ada,
  aService,
  aUser,
  bob,
  minutes,
  monday,
  seconds,
} from "../../../../tests/support/builders.ts";
import {
  answer,
  at,
  escalationOf,
  incidentOf,
  opened,
  positionOf,
  timelineOf,
} from "../../../../tests/support/memory/escalation.ts";
import { expectSound } from "../../../../tests/support/memory/outcome.ts";
import { incidentsOf } from "../../../../tests/support/memory/records.ts";
import type { TestSystem } from "../../../../tests/support/memory/system.ts";
import { Conflict } from "../../../domain/errors.ts";
import { respondToIncident } from "../respond-to-incident.ts";
import { reopenIncident, unacknowledgeIncident } from "./reopen-incident.ts";
import { snoozeIncident } from "./snooze-incident.ts";

const context = { actor: ada.email, note: null };

async function snooze(system: TestSystem, forSeconds: number) {
  const { id } = await incidentOf(system);
  const now = system.now();
  return snoozeIncident(system.deps, id, now + seconds(forSeconds), context, now);
}

async function unacknowledge(system: TestSystem) {
  return unacknowledgeIncident(system.deps, (await incidentOf(system)).id, context, system.now());
}

async function reopen(system: TestSystem, id?: string) {
  return reopenIncident(system.deps, id ?? (await incidentOf(system)).id, context, system.now());
}

const messagesOf = (system: TestSystem) => system.pages.map(({ message }) => message.replace(/ #.*/, ""));

test("a snooze acknowledges, and its end pages from the first rule and says so", async () => {
  const system = await opened();
  await at(system, 60);
  expect(await snooze(system, 3_600)).toMatchObject({
    status: "acknowledged",
    acknowledgedAt: monday + seconds(60),
    acknowledgedBy: ada.email,
    assignedTo: ada,
    snoozedUntil: monday + seconds(3_660),
  });
  await at(system, 3_659);
  expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
  await at(system, 4_000);
  expect(await incidentOf(system)).toMatchObject({ status: "open", acknowledgedAt: monday + seconds(60) });
  expect((await incidentOf(system)).snoozedUntil).toBeUndefined();
  expect(await escalationOf(system)).toEqual(["0 1.1 ada", "3660 2.1 ada", "3960 2.2 bob"]);
  expect(await timelineOf(system)).toEqual([
    "opened",
    "paging",
    "snoozed",
    "reopened",
    "paging",
    "escalated",
  ]);
  expect(messagesOf(system)[1]).toBe("Snooze ended:");
  await system.settle();
  await expectSound(system);
});

test("the end of a snooze pages whoever is on call then", async () => {
  const handoff = { rotationType: "daily", handoffTime: "01:00", members: [] } as const;
  const system = await opened({
    simpleSchedule: { ...handoff, members: [ada, bob].map((person) => ({ ...person, role: "primary" })) },
  });
  const [first] = await escalationOf(system);
  await snooze(system, 86_400);
  await at(system, 86_401);
  const [, second] = await escalationOf(system);
  expect(new Set([first?.split(" ").at(-1), second?.split(" ").at(-1)])).toEqual(new Set(["ada", "bob"]));
});

test("a snooze is replaced, and ends with an acknowledgement or a resolution", async () => {
  const system = await opened();
  await snooze(system, 600);
  await system.pump();
  await snooze(system, 1_200);
  await at(system, 700);
  expect(await incidentOf(system)).toMatchObject({ status: "acknowledged" });
  const done = await respondToIncident(
    system.deps,
    (await incidentOf(system)).id,
    "acknowledge",
    bob.email,
    system.now(),
  );
  expect(done).toMatchObject({
    outcome: "done",
    incident: { status: "acknowledged", acknowledgedBy: ada.email },
  });
  await at(system, 800);
  const { id } = await incidentOf(system);
  const again = await respondToIncident(system.deps, id, "acknowledge", bob.email, system.now());
  expect(again.outcome).toBe("already");
  await at(system, 2_000);
  expect(await incidentOf(system)).toMatchObject({ status: "acknowledged" });
  await snooze(system, 600);
  await answer(system, "resolved");
  await system.settle();
  expect(await incidentOf(system)).toMatchObject({ status: "resolved" });
  await expect(snooze(system, 600)).rejects.toThrow(Conflict);
  expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
  await expectSound(system);
});

test("an unacknowledged incident pages again, and none of its old pages is sent later", async () => {
  const system = await opened({
    policy: { rules: [{ targets: [{ type: "user", email: ada.email }], delaySeconds: 300 }], repeat: 0 },
  });
  const sms = { id: "sms", channel: "sms", address: "+49 1" } as const;
  await system.seen.users.put(
    aUser({
      email: ada.email,
      contactMethods: [{ id: "mail", channel: "email", address: ada.email }, sms],
      notificationRules: [
        { contactMethodId: "mail", delaySeconds: 0 },
        { contactMethodId: "sms", delaySeconds: 120 },
      ],
    }),
  );
  await system.receive(aDraft({ dedupKey: "b" }));
  await system.pump();
  const [later] = await incidentsOf(system);
  const id = later?.id ?? "";
  system.advance(seconds(30));
  // Its events are handled after both requests.
  await respondToIncident(system.deps, id, "acknowledge", ada.email, system.now());
  await unacknowledgeIncident(system.deps, id, context, system.now());
  await system.settle({ within: minutes(4) });
  const sent = system.pages.filter(({ incidentId }) => incidentId === id);
  expect(sent.map(({ channel, metadata }) => `${channel} ${metadata.pass}`)).toEqual([
    "email 1",
    "email 2",
    "sms 2",
  ]);
  await unacknowledgeIncident(system.deps, id, context, system.now());
  await system.settle({ within: minutes(4) });
  expect(system.pages.filter(({ incidentId }) => incidentId === id)).toHaveLength(3);
});

test("each round reaches the fallback if no one is on call", async () => {
  const system = await opened({ simpleSchedule: null });
  for (let round = 1; round <= 3; round += 1) {
    await at(system, round * 1_000);
    await answer(system, "acknowledged");
    await unacknowledge(system);
    await system.pump();
  }
  await system.settle();
  expect(system.pages.map(({ metadata }) => metadata.pass)).toEqual([1, 2, 3, 4]);
});

test("an acknowledgement that expires opens the incident, and the next one has its own time", async () => {
  const system = await opened();
  await system.seen.services.put(
    aService({ name: "checkout", team: "checkout", acknowledgementTimeoutSeconds: 600 }),
  );
  await answer(system, "resolved");
  await system.receive(aDraft({ dedupKey: "b" }));
  await system.pump();
  expect(await answer(system, "acknowledged")).toMatchObject({
    acknowledgementExpiresAt: monday + seconds(600),
  });
  await at(system, 100);
  await answer(system, "acknowledged");
  await at(system, 650);
  expect(await incidentOf(system)).toMatchObject({ status: "open" });
  expect(messagesOf(system).at(-1)).toBe("Not resolved in time:");
  expect(await answer(system, "acknowledged")).toMatchObject({
    acknowledgementExpiresAt: monday + seconds(1_250),
    acknowledgedAt: monday,
  });
  expect((await snooze(system, 3_600)).acknowledgementExpiresAt).toBeUndefined();
  await at(system, 1_300);
  expect(await answer(system, "acknowledged")).toMatchObject({
    acknowledgementExpiresAt: monday + seconds(1_900),
  });
  await at(system, 1_950);
  expect(await incidentOf(system)).toMatchObject({ status: "open" });
  await answer(system, "resolved");
  await system.settle();
  await expectSound(system);
});

test("an acknowledgement stored before the end of a snooze is handled wins", async () => {
  const system = await opened();
  await snooze(system, 600);
  await system.pump();
  system.waitUntil(monday + seconds(600));
  await answer(system, "acknowledged");
  await system.settle();
  expect(await incidentOf(system)).toMatchObject({ status: "acknowledged" });
  expect(await escalationOf(system)).toEqual(["0 1.1 ada"]);
  await expectSound(system);
});

test("a reopened incident takes its alerts again, and pages", async () => {
  const system = await opened();
  await answer(system, "resolved");
  await at(system, 90_000);
  await reopen(system);
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.pump();
  expect(await incidentsOf(system)).toMatchObject([
    { status: "open", alertCount: 2, resolvedAt: null, resolvedBy: null },
  ]);
  expect(await escalationOf(system)).toEqual(["0 1.1 ada", "90000 2.1 ada"]);
  expect(await positionOf(system)).toBe("2.1 until 90300");
  const open = await incidentOf(system);
  expect(await reopen(system)).toEqual(open);
});

test("an incident is not reopened while another one has its key, and takes the key back after that", async () => {
  const system = await opened();
  const first = await incidentOf(system);
  await answer(system, "resolved");
  await system.settle();
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.pump();
  await expect(reopen(system, first.id)).rejects.toThrow("Incident 2 has the key of incident 1");
  await answer(system, "resolved");
  await system.pump();
  await reopen(system, first.id);
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.pump();
  expect(await system.seen.incidents.find(first.id)).toMatchObject({ status: "open", alertCount: 2 });
  expect(await incidentsOf(system)).toHaveLength(2);
});

test("an incident can be reopened for seven days", async () => {
  const system = await opened();
  await answer(system, "resolved");
  await system.settle();
  system.waitUntil(monday + seconds(7 * 86_400 + 1));
  await expect(reopen(system)).rejects.toThrow("more than 7 days ago");
});

test("automatic resolution counts from the reopening", async () => {
  const system = await opened();
  await answer(system, "resolved");
  await system.seen.services.put(aService({ name: "checkout", team: "checkout", autoResolveSeconds: 600 }));
  await system.receive(aDraft({ dedupKey: "b" }));
  await at(system, 1_000);
  expect(await incidentOf(system)).toMatchObject({ status: "resolved", resolvedAt: monday + seconds(600) });
  await reopen(system);
  await at(system, 1_500);
  expect(await incidentOf(system)).toMatchObject({ status: "open" });
  await at(system, 1_700);
  expect(await incidentOf(system)).toMatchObject({ status: "resolved", resolvedAt: monday + seconds(1_600) });
});
