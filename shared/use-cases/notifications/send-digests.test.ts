import { expect, test } from "vitest";
import { ada, anIncident, aSchedule, aUser, bob, days, minutes } from "../../../tests/support/builders.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { sendDigests } from "./send-digests.ts";

/** Ada is in Berlin, at +1, and Bob has no record. */
const nineInBerlin = Date.UTC(2026, 10, 24, 8);

async function systemWith(incidents: readonly Partial<Incident>[], now = nineInBerlin): Promise<TestSystem> {
  const system = testSystem({ now: now - minutes(20) });
  await system.seen.schedules.create(aSchedule());
  await system.seen.users.put(
    aUser({
      email: ada.email,
      timezone: "Europe/Berlin",
      contactMethods: [
        { id: "phone", channel: "sms", address: "+4915112345678" },
        { id: "mail", channel: "email", address: "ada@home.example" },
      ],
    }),
  );
  for (const [index, fields] of incidents.entries())
    await system.seen.incidents.create(anIncident({ number: index + 1, ...fields }), null);
  return system;
}

/** Runs each minute of an hour and a half. Lists the recipients with the times. */
async function sent(system: TestSystem): Promise<string[]> {
  for (let minute = 0; minute < 90; minute += 1) {
    await sendDigests(system.deps);
    await system.pump();
    system.advance(minutes(1));
  }
  return system.pages.map(
    ({ recipient, channel, createdAt }) =>
      `${new Date(createdAt).toISOString().slice(11, 16)} ${recipient} ${channel}`,
  );
}

test("each person on call has one message at 09:00 of their time zone, by their method for low urgency", async () => {
  const system = await systemWith([
    { title: "Disk is 80% full", urgency: "low" },
    { title: "Checkout is down" },
    { title: "Backup is late", urgency: "low", status: "acknowledged" },
    { title: "Not mine", urgency: "low", team: "search" },
    { title: "Certificate expires", urgency: "low", createdAt: nineInBerlin },
  ]);
  expect(await sent(system)).toEqual([`08:00 ${ada.email} email`, `09:00 ${bob.email} email`]);
  expect(system.pages[0]).toMatchObject({ kind: "digest", incidentId: null, address: "ada@home.example" });
  expect(system.pages[0]?.message).toBe(
    "2 low-urgency incidents are open:\n" +
      "#5 Certificate expires (payments). Low urgency\n" +
      "#1 Disk is 80% full (payments). Low urgency",
  );
});

test("nothing is sent on weekends, or if no incident waits", async () => {
  expect(await sent(await systemWith([{ urgency: "low" }], nineInBerlin + days(4)))).toEqual([]);
  expect(await sent(await systemWith([{ urgency: "low" }], nineInBerlin + days(5)))).toEqual([]);
  expect(await sent(await systemWith([{}]))).toEqual([]);
});

test("a long list is counted", async () => {
  const system = await systemWith(Array.from({ length: 23 }, () => ({ urgency: "low" as const })));
  await sent(system);
  const lines = system.pages[0]?.message.split("\n");
  expect([lines?.length, lines?.at(-1)]).toEqual([22, "and 3 more."]);
});
