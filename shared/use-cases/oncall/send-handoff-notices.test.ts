import { expect, test } from "vitest";
import {
  ada,
  anIncident,
  anOverride,
  aSchedule,
  aUser,
  bob,
  cyd,
  days,
  minutes,
  monday,
} from "../../../tests/support/builders.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import { pseudonymOf } from "../../domain/access/forget/pseudonym.ts";
import { defaultEvents } from "../../domain/notifications/team-channel.ts";
import { sendHandoffNotices } from "./send-handoff-notices.ts";

/** The clock strikes nine on Monday: Bob follows Ada a week after the start. */
const handoff = monday + days(7) - minutes(60);

async function aSystem(fields: Parameters<typeof aSchedule>[0] = { handoffNotices: true }) {
  const system = testSystem({ now: handoff - minutes(1) });
  await system.seen.schedules.create(aSchedule(fields));
  return system;
}

/** Every minute for a quarter of an hour. */
async function runSweeps(system: Awaited<ReturnType<typeof aSystem>>) {
  for (let minute = 0; minute < 15; minute += 1) {
    await sendHandoffNotices(system.deps);
    await system.pump();
    system.advance(minutes(1));
  }
}

test("the previous and the next person are notified once, with open incidents", async () => {
  const system = await aSystem();
  await system.seen.incidents.create(anIncident({ number: 7, title: "Cart is slow" }), null);
  await system.seen.incidents.create(anIncident({ number: 8, team: "other" }), null);
  await system.seen.users.put(
    aUser({ email: bob.email, contactMethods: [{ id: "m", channel: "email", address: "bob@home.example" }] }),
  );
  await runSweeps(system);
  expect(system.pages).toMatchObject([
    { kind: "handoff", incidentId: null, channel: "email", address: ada.email },
    { kind: "handoff", recipient: bob.email, address: "bob@home.example" },
  ]);
  expect(system.pages[0]?.message).toBe(
    "payments, primary: bob@example.com takes over from ada@example.com\n" +
      "payments, secondary: ada@example.com takes over from bob@example.com\n" +
      "Open incidents:\n#7 (open) Cart is slow",
  );
});

test("the team's user group in Slack gets the people on call, and other channels nothing", async () => {
  const system = await aSystem();
  const channelOf = (address: string) => ({ id: address, channel: "slack", address, events: defaultEvents });
  await system.seen.teamChannels.put("payments", [channelOf("S0PAYMENTS"), channelOf("C0PAYMENTS")]);
  await runSweeps(system);
  expect(system.pages.filter(({ channel }) => channel === "slack")).toMatchObject([
    {
      kind: "handoff",
      address: "S0PAYMENTS",
      recipient: "team:payments",
      message: "On call for payments: Bob, Ada",
      metadata: { team: "payments" },
    },
  ]);
});

test("a forgotten person is not named as a member of a user group", async () => {
  const system = await aSystem();
  const group = { id: "group", channel: "slack", address: "S0PAYMENTS", events: defaultEvents };
  await system.seen.teamChannels.put("payments", [group]);
  const person = pseudonymOf("12345678");
  await system.seen.schedules.putOverride(anOverride({ start: handoff, end: handoff + days(1), person }));
  await runSweeps(system);
  expect(system.pages.filter(({ channel }) => channel === "slack")).toMatchObject([
    { message: "On call for payments: Ada" },
  ]);
});

test("a run that was missed is made up for", async () => {
  const system = await aSystem();
  system.advance(minutes(9));
  await runSweeps(system);
  expect(system.pages).toHaveLength(2);
});

test("an override that begins or ends is a handoff too", async () => {
  const system = await aSystem();
  await system.seen.schedules.putOverride(
    anOverride({ start: handoff + minutes(5), end: handoff + minutes(8), person: cyd }),
  );
  await runSweeps(system);
  expect(system.pages.map(({ recipient }) => recipient)).toEqual([
    ...[ada.email, bob.email],
    ...[bob.email, cyd.email],
    ...[cyd.email, bob.email],
  ]);
});

test("a schedule without handoff notices notifies no one, nor does one that enables them later about earlier handoffs", async () => {
  const silent = await aSystem({});
  await runSweeps(silent);
  expect(silent.pages).toEqual([]);

  const late = await aSystem({ handoffNotices: true, updatedAt: handoff + minutes(1) });
  await runSweeps(late);
  expect(late.pages).toEqual([]);
});
