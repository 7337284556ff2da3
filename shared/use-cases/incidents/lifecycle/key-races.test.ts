/** Incidents that take the same correlation key at the same moment: interleaved at the store. */
import { expect, test } from "vitest";
import { aDraft, aService, days, monday } from "../../../../tests/support/builders.ts";
import { opened, systemOf, team } from "../../../../tests/support/memory/escalation.ts";
import { incidentsOf } from "../../../../tests/support/memory/records.ts";
import type { TestSystem } from "../../../../tests/support/memory/system.ts";
import { lazy } from "../../../caching/lazy.ts";
import { reopenIncident } from "./reopen-incident.ts";
import { updateIncident } from "./update-incident.ts";

const context = { actor: null, note: null };

const unresolvedOf = async (system: TestSystem) =>
  (await incidentsOf(system)).filter(({ status }) => status !== "resolved");

/** Moves an incident to the service "index", after the pointers of its keys were read and something else was done. */
async function moveAround(system: TestSystem, number: number, meanwhile: () => Promise<unknown>) {
  const once = lazy(meanwhile);
  const incidents: typeof system.deps.incidents = {
    ...system.deps.incidents,
    async findHolders(keys) {
      const holders = await system.deps.incidents.findHolders(keys);
      await once();
      return holders;
    },
  };
  const update = { ...context, commands: [], service: "index" };
  return updateIncident({ ...system.deps, incidents }, String(number), update, system.now());
}

const index = aService({ name: "index", team });
const hasKey = { code: "conflict", message: expect.stringContaining("has the key of incident") };

test("an incident does not move onto a key with which an alert has just opened another", async () => {
  const system = await opened();
  await system.seen.services.put(index);
  const moved = moveAround(system, 1, async () => {
    await system.receive(aDraft({ dedupKey: "a", service: "index" }));
    await system.pump();
  });
  await expect(moved).rejects.toMatchObject(hasKey);
  expect((await incidentsOf(system)).map(({ service }) => service)).toEqual(["index", "checkout"]);
});

test("two incidents do not move onto one key", async () => {
  const system = await opened();
  await system.seen.services.put(index);
  await system.receive(aDraft({ dedupKey: "a", service: "cart" }));
  await system.pump();
  const second = () => moveAround(system, 2, async () => {});
  await expect(moveAround(system, 1, second)).rejects.toMatchObject(hasKey);
  expect((await incidentsOf(system)).map(({ service }) => service)).toEqual(["index", "checkout"]);
});

test("an alert joins an incident that is reopened as it arrives, also days after one that resolved at once", async () => {
  const system = await systemOf();
  await system.receive(aDraft({ dedupKey: "a" }), aDraft({ dedupKey: "a", action: "resolve" }));
  await system.settle();
  system.waitUntil(monday + days(2));
  const [{ id = "" } = {}] = await incidentsOf(system);
  const { incidents } = system.deps;
  const reopen = lazy(() => reopenIncident({ ...system.deps, incidents }, id, context, system.now()));
  system.deps.incidents = {
    ...incidents,
    async open(...opening) {
      await reopen();
      return incidents.open(...opening);
    },
  };
  await system.receive(aDraft({ dedupKey: "a" }));
  await system.pump();
  expect(await unresolvedOf(system)).toMatchObject([{ id, alertCount: 3 }]);
});
