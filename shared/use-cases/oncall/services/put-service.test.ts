import { expect, test } from "vitest";
import { aSchedule, aService, monday } from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { scheduleStore } from "../../../storage/oncall/schedule-store.ts";
import { serviceStore } from "../../../storage/oncall/service-store.ts";
import type { Authorize } from "../../ports/access.ts";
import { assignService } from "./assign-service.ts";

/** Gives services to teams, as someone with a right in the team "mine" only. */
async function aManager() {
  const table = memoryTable(() => monday);
  const [services, schedules] = [serviceStore(table), scheduleStore(table)];
  const authorize: Authorize = async (subject) => {
    const { team } = typeof subject === "function" ? await subject() : subject;
    if (team !== "mine") throw new Error(`denied in ${team}`);
  };
  await services.put(aService({ name: "owned", team: "theirs" }));
  await schedules.create(aSchedule({ team: "theirs" }));
  const assign = (name: string, team: string) =>
    assignService({ services, schedules, authorize }, name, team, monday);
  return { services, assign };
}

test("a team claims a service that no team owns", async () => {
  const { services, assign } = await aManager();
  await assign("unowned", "mine");
  expect(await services.find("unowned")).toMatchObject({ team: "mine" });
});

test.each([
  ["a service of another team", "owned", "mine"],
  ["a service that has the name of another team", "theirs", "mine"],
  ["a service without an owner, for another team", "unowned", "theirs"],
])("a team does not claim %s", async (_, name, team) => {
  const { services, assign } = await aManager();
  const before = await services.find(name);
  await expect(assign(name, team)).rejects.toThrow("denied in theirs");
  expect(await services.find(name)).toEqual(before);
});
