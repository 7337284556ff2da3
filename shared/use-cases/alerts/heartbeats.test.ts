import { expect, test } from "vitest";
import { days, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { testWorld, type World } from "../../../tests/support/world.ts";
import { heartbeatState } from "../../domain/alerts/heartbeat.ts";
import {
  createHeartbeat,
  deleteHeartbeat,
  readHeartbeat,
  recordBeat,
  updateHeartbeat,
} from "./heartbeats.ts";
import { recordSweep } from "./record-listening.ts";

const everything = { limit: 200, after: null };
const draft = {
  name: "nightly backup",
  service: "ledger",
  team: "night",
  severity: "high",
  intervalSeconds: 60,
  graceSeconds: 30,
} as const;

const incidentsOf = async ({ seen }: World) => (await seen.incidents.list({}, everything)).items.toReversed();

async function beating() {
  const world = testWorld();
  const { key, heartbeat } = await createHeartbeat(world.deps, draft, monday);
  return {
    world,
    id: heartbeat.id,
    beat: () => recordBeat(world.deps, key, world.now()),
    state: async () => {
      const [{ pulse }, { gaps }] = await Promise.all([
        readHeartbeat(world.deps, heartbeat.id),
        world.seen.listening.load(),
      ]);
      return heartbeatState(pulse, gaps, world.now());
    },
  };
}

async function until(world: World, second: number): Promise<void> {
  await world.settle({ within: monday + seconds(second) - world.now() });
  world.waitUntil(monday + seconds(second));
}

test("nothing is missed before the first beat", async () => {
  const { world, state } = await beating();
  await until(world, 86_400);
  expect(await state()).toEqual({ state: "waiting", missingSince: null });
  expect(await incidentsOf(world)).toEqual([]);
});

test("what stops beating opens an incident after interval and grace, and the next beat resolves it", async () => {
  const { world, beat, state } = await beating();
  await beat();
  await until(world, 89);
  expect(await state()).toMatchObject({ state: "ok" });
  await until(world, 90);
  expect(await state()).toEqual({ state: "missing", missingSince: monday + seconds(90) });
  await until(world, 200);
  expect(await incidentsOf(world)).toMatchObject([
    { service: "ledger", team: "night", severity: "high", status: "open", createdAt: monday + seconds(90) },
  ]);
  await beat();
  await world.settle({ within: 1 });
  expect(await state()).toMatchObject({ state: "ok" });
  expect(await incidentsOf(world)).toMatchObject([
    { status: "resolved", resolvedBy: "heartbeat", alertCount: 2 },
  ]);
});

test("what beats in time is never missed, and each beat is one write", async () => {
  const { world, beat } = await beating();
  for (let second = 0; second < 3_600; second += 80) {
    await until(world, second);
    world.faults.plan(() => undefined);
    await beat();
    expect(world.faults.calls).toBe(2);
  }
  expect(await incidentsOf(world)).toEqual([]);
});

test("each time that it stops is another incident", async () => {
  const { world, beat } = await beating();
  for (const second of [0, 300, 600]) {
    await until(world, second);
    await beat();
  }
  await until(world, 1_200);
  expect((await incidentsOf(world)).map(({ status }) => status)).toEqual(["resolved", "resolved", "open"]);
});

test("a beat at the very moment that it is missed wins, or is followed by a resolve", async () => {
  const { world, beat, state } = await beating();
  await beat();
  world.waitUntil(monday + seconds(113));
  await Promise.all([world.sweep(), beat()]);
  await world.settle({ within: minutes(1) });
  expect(await state()).toMatchObject({ state: "ok" });
  expect((await incidentsOf(world)).filter(({ status }) => status !== "resolved")).toEqual([]);
});

test("a longer timeout holds from now on", async () => {
  const { world, id, beat } = await beating();
  await beat();
  await updateHeartbeat(world.deps, id, { intervalSeconds: 600 });
  await until(world, 620);
  expect(await incidentsOf(world)).toEqual([]);
  await until(world, 700);
  expect(await incidentsOf(world)).toMatchObject([{ createdAt: monday + seconds(630) }]);
});

test("one that is deleted while it is found missing leaves no incident open", async () => {
  const { world, id, beat } = await beating();
  await beat();
  world.waitUntil(monday + seconds(113));
  await Promise.all([world.sweep(), deleteHeartbeat(world.deps, id, world.now())]);
  await world.settle();
  expect((await incidentsOf(world)).filter(({ status }) => status !== "resolved")).toEqual([]);
});

test("a missing one that is deleted leaves no incident open, and its key beats nothing", async () => {
  const { world, id, beat } = await beating();
  await beat();
  await until(world, 200);
  await deleteHeartbeat(world.deps, id, world.now());
  await world.settle();
  expect(await incidentsOf(world)).toMatchObject([{ status: "resolved" }]);
  await expect(beat()).rejects.toThrow("No heartbeat of the key");
  expect((await world.seen.heartbeats.due(world.now() + days(1), null)).items).toEqual([]);
});

test("what could not be heard while the platform was away is not missed, unless it stays away", async () => {
  const { world, beat, state } = await beating();
  await beat();
  await until(world, 54);
  await world.sweep();
  world.isAwayUntil(monday + seconds(600));
  await world.sweep();
  expect(await state()).toMatchObject({ state: "ok" });
  await until(world, 719);
  expect(await incidentsOf(world)).toEqual([]);
  await until(world, 800);
  // Interval, grace, and as much again as it may come off its time.
  expect(await incidentsOf(world)).toMatchObject([{ status: "open", createdAt: monday + seconds(720) }]);
});

test("what was overdue before the platform went away is missed", async () => {
  const { world, beat } = await beating();
  await beat();
  await until(world, 112);
  await world.sweep();
  world.isAwayUntil(monday + seconds(600));
  await world.sweep();
  await world.settle({ within: minutes(1) });
  expect(await incidentsOf(world)).toMatchObject([{ createdAt: monday + seconds(90) }]);
});

test("sweeps at the same time find the same gap", async () => {
  const { world, beat } = await beating();
  await beat();
  await world.sweep();
  world.isAwayUntil(monday + seconds(600));
  const gaps = await Promise.all([1, 2, 3].map(() => recordSweep(world.deps, world.now())));
  expect(gaps).toEqual(Array(3).fill([{ from: monday, to: monday + seconds(600) }]));
});
