import { expect, test } from "vitest";
import { days, minutes, monday, seconds } from "../../../../tests/support/builders.ts";
import { at } from "../../../../tests/support/memory/escalation.ts";
import { type TestSystem, testSystem } from "../../../../tests/support/memory/system.ts";
import { heartbeatState } from "../../../domain/alerts/heartbeat.ts";
import { AlreadyCreated } from "../../../domain/errors.ts";
import { recordSweep } from "../record-downtime.ts";
import { createHeartbeat } from "./create-heartbeat.ts";
import { deleteHeartbeat } from "./delete-heartbeat.ts";
import { readHeartbeat } from "./read-heartbeat.ts";
import { recordPing } from "./record-ping.ts";
import { rotateHeartbeat } from "./rotate-heartbeat.ts";
import { updateHeartbeat } from "./update-heartbeat.ts";

const everything = { limit: 200, after: null };
const draft = {
  name: "nightly backup",
  service: "ledger",
  team: "night",
  severity: "high",
  intervalSeconds: 60,
  graceSeconds: 30,
} as const;

const incidentsOf = async ({ seen }: TestSystem) =>
  (await seen.incidents.list({}, everything)).items.toReversed();

async function pinging() {
  const system = testSystem();
  const { key, heartbeat } = await createHeartbeat(system.deps, draft, monday);
  return {
    system,
    id: heartbeat.id,
    ping: () => recordPing(system.deps, key, system.now()),
    state: async () => {
      const [{ pulse }, { gaps }] = await Promise.all([
        readHeartbeat(system.deps, heartbeat.id),
        system.seen.downtime.load(),
      ]);
      return heartbeatState(pulse, gaps, system.now());
    },
  };
}

test("nothing is missed before the first ping", async () => {
  const { system, state } = await pinging();
  await at(system, 86_400);
  expect(await state()).toEqual({ state: "waiting", missingSince: null });
  expect(await incidentsOf(system)).toEqual([]);
});

test("a monitor without pings opens an incident after interval and grace, and the next ping resolves it", async () => {
  const { system, ping, state } = await pinging();
  await ping();
  await at(system, 89);
  expect(await state()).toMatchObject({ state: "ok" });
  await at(system, 90);
  expect(await state()).toEqual({ state: "missing", missingSince: monday + seconds(90) });
  await at(system, 200);
  expect(await incidentsOf(system)).toMatchObject([
    { service: "ledger", team: "night", severity: "high", status: "open", createdAt: monday + seconds(90) },
  ]);
  await ping();
  await system.settle({ within: 1 });
  expect(await state()).toMatchObject({ state: "ok" });
  expect(await incidentsOf(system)).toMatchObject([
    { status: "resolved", resolvedBy: "heartbeat", alertCount: 2 },
  ]);
});

test("a monitor with pings in time is never missing, and each ping is one write", async () => {
  const { system, ping } = await pinging();
  for (let second = 0; second < 3_600; second += 80) {
    await at(system, second);
    system.faults.plan(() => undefined);
    await ping();
    expect(system.faults.calls).toBe(2);
  }
  expect(await incidentsOf(system)).toEqual([]);
});

test("each time that it stops is another incident", async () => {
  const { system, ping } = await pinging();
  for (const second of [0, 300, 600]) {
    await at(system, second);
    await ping();
  }
  await at(system, 1_200);
  expect((await incidentsOf(system)).map(({ status }) => status)).toEqual(["resolved", "resolved", "open"]);
});

test("a ping concurrent with the sweep wins, or is followed by a resolve", async () => {
  const { system, ping, state } = await pinging();
  await ping();
  system.waitUntil(monday + seconds(113));
  await Promise.all([system.sweep(), ping()]);
  await system.settle({ within: minutes(1) });
  expect(await state()).toMatchObject({ state: "ok" });
  expect((await incidentsOf(system)).filter(({ status }) => status !== "resolved")).toEqual([]);
});

test("a longer timeout holds from now on", async () => {
  const { system, id, ping } = await pinging();
  await ping();
  await updateHeartbeat(system.deps, id, { intervalSeconds: 600 }, system.now());
  await at(system, 620);
  expect(await incidentsOf(system)).toEqual([]);
  await at(system, 700);
  expect(await incidentsOf(system)).toMatchObject([{ createdAt: monday + seconds(630) }]);
});

test("a paused one resolves its incident, misses no ping, and expects the next one after it is resumed", async () => {
  const { system, id, ping, state } = await pinging();
  const change = (paused: boolean) => updateHeartbeat(system.deps, id, { paused }, system.now());
  await ping();
  await at(system, 200);
  expect(await incidentsOf(system)).toMatchObject([{ status: "open" }]);
  await change(true);
  await at(system, 300);
  expect(await incidentsOf(system)).toMatchObject([{ status: "resolved", resolvedBy: "heartbeat" }]);
  expect(await state()).toEqual({ state: "paused", missingSince: null });
  await ping();
  await at(system, 86_400);
  expect(await incidentsOf(system)).toHaveLength(1);
  await change(false);
  await at(system, 86_400 + 89);
  expect(await state()).toMatchObject({ state: "ok" });
  await at(system, 86_400 + 200);
  expect(await state()).toEqual({ state: "missing", missingSince: monday + seconds(86_490) });
  expect(await incidentsOf(system)).toMatchObject([{ status: "resolved" }, { status: "open" }]);
});

test("one that is resumed before its first ping continues to wait for it", async () => {
  const { system, id, state } = await pinging();
  await updateHeartbeat(system.deps, id, { paused: true }, system.now());
  expect(await state()).toMatchObject({ state: "paused" });
  await updateHeartbeat(system.deps, id, { paused: false }, system.now());
  await at(system, 86_400);
  expect(await state()).toEqual({ state: "waiting", missingSince: null });
});

test("one that is deleted while it is found missing leaves no incident open", async () => {
  const { system, id, ping } = await pinging();
  await ping();
  system.waitUntil(monday + seconds(113));
  await Promise.all([system.sweep(), deleteHeartbeat(system.deps, id, system.now())]);
  await system.settle();
  expect((await incidentsOf(system)).filter(({ status }) => status !== "resolved")).toEqual([]);
});

test("a missing one that is deleted leaves no incident open, and its key no longer works", async () => {
  const { system, id, ping } = await pinging();
  await ping();
  await at(system, 200);
  await deleteHeartbeat(system.deps, id, system.now());
  await system.settle();
  expect(await incidentsOf(system)).toMatchObject([{ status: "resolved" }]);
  await expect(ping()).rejects.toThrow("Heartbeat with the key");
  expect((await system.seen.heartbeats.due(system.now() + days(1), null)).items).toEqual([]);
});

test("a rotated key replaces the old one, and the next ping is expected as before", async () => {
  const { system, id, ping, state } = await pinging();
  await ping();
  await at(system, 30);
  const { key, heartbeat } = await rotateHeartbeat(system.deps, id, system.now());
  expect(heartbeat).toMatchObject({ keyPrefix: key.slice(0, 6), rotatedAt: system.now() });
  await expect(ping()).rejects.toThrow("Heartbeat with the key");
  await expect(rotateHeartbeat(system.deps, id, monday)).rejects.toThrow(AlreadyCreated);
  await at(system, 89);
  expect(await state()).toMatchObject({ state: "ok" });
  await at(system, 130);
  expect(await state()).toMatchObject({ state: "missing", missingSince: monday + seconds(90) });
  expect(await incidentsOf(system)).toMatchObject([{ status: "open" }]);
  await recordPing(system.deps, key, system.now());
  await system.pump();
  expect(await state()).toMatchObject({ state: "ok" });
  expect(await incidentsOf(system)).toMatchObject([{ status: "resolved" }]);
});

test("pings lost while the platform was down are not missing, unless they stay away", async () => {
  const { system, ping, state } = await pinging();
  await ping();
  await at(system, 54);
  await system.sweep();
  system.isAwayUntil(monday + seconds(600));
  await system.sweep();
  expect(await state()).toMatchObject({ state: "ok" });
  await at(system, 719);
  expect(await incidentsOf(system)).toEqual([]);
  await at(system, 800);
  // Interval, grace, and as much again as it may come off its time.
  expect(await incidentsOf(system)).toMatchObject([{ status: "open", createdAt: monday + seconds(720) }]);
});

test("a ping that was overdue before the platform went down is missed", async () => {
  const { system, ping } = await pinging();
  await ping();
  await at(system, 112);
  await system.sweep();
  system.isAwayUntil(monday + seconds(600));
  await system.sweep();
  await system.settle({ within: minutes(1) });
  expect(await incidentsOf(system)).toMatchObject([{ createdAt: monday + seconds(90) }]);
});

test("sweeps at the same time find the same gap", async () => {
  const { system, ping } = await pinging();
  await ping();
  await system.sweep();
  system.isAwayUntil(monday + seconds(600));
  const gaps = await Promise.all([1, 2, 3].map(() => recordSweep(system.deps, system.now())));
  expect(gaps).toEqual(Array(3).fill([{ from: monday, to: monday + seconds(600) }]));
});
