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
import { testWorld } from "../../../tests/support/world.ts";
import { sendHandoffNotices } from "./send-handoff-notices.ts";

/** The clock strikes nine on Monday: Bob follows Ada a week after the start. */
const handoff = monday + days(7) - minutes(60);

async function aWorld(fields: Parameters<typeof aSchedule>[0] = { handoffNotices: true }) {
  const world = testWorld({ now: handoff - minutes(1) });
  await world.seen.schedules.create(aSchedule(fields));
  return world;
}

/** Every minute for a quarter of an hour. */
async function runSweeps(world: Awaited<ReturnType<typeof aWorld>>) {
  for (let minute = 0; minute < 15; minute += 1) {
    await sendHandoffNotices(world.deps);
    await world.pump();
    world.advance(minutes(1));
  }
}

test("whoever leaves and whoever comes are told once, with what is open", async () => {
  const world = await aWorld();
  await world.seen.incidents.create(anIncident({ number: 7, title: "Cart is slow" }), null);
  await world.seen.incidents.create(anIncident({ number: 8, team: "other" }), null);
  await world.seen.users.put(
    aUser({ email: bob.email, contactMethods: [{ id: "m", channel: "email", address: "bob@home.example" }] }),
  );
  await runSweeps(world);
  expect(world.pages).toMatchObject([
    { kind: "handoff", incidentId: null, channel: "email", address: ada.email },
    { kind: "handoff", recipient: bob.email, address: "bob@home.example" },
  ]);
  expect(world.pages[0]?.message).toBe(
    "payments, primary: bob@example.com takes over from ada@example.com\n" +
      "payments, secondary: ada@example.com takes over from bob@example.com\n" +
      "Open incidents:\n#7 (open) Cart is slow",
  );
});

test("a run that was missed is made up for", async () => {
  const world = await aWorld();
  world.advance(minutes(9));
  await runSweeps(world);
  expect(world.pages).toHaveLength(2);
});

test("an override that begins or ends is a handoff too", async () => {
  const world = await aWorld();
  await world.seen.schedules.putOverride(
    anOverride({ start: handoff + minutes(5), end: handoff + minutes(8), person: cyd }),
  );
  await runSweeps(world);
  expect(world.pages.map(({ recipient }) => recipient)).toEqual([
    ...[ada.email, bob.email],
    ...[bob.email, cyd.email],
    ...[cyd.email, bob.email],
  ]);
});

test("a schedule that didn't ask for it tells nobody, nor one that asks later of what was before", async () => {
  const silent = await aWorld({});
  await runSweeps(silent);
  expect(silent.pages).toEqual([]);

  const late = await aWorld({ handoffNotices: true, updatedAt: handoff + minutes(1) });
  await runSweeps(late);
  expect(late.pages).toEqual([]);
});
