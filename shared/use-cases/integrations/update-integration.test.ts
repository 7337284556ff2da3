import { expect, test } from "vitest";
import { anIntegration, aService, monday, permitted } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { integrationStore } from "../../storage/integrations/integration-store.ts";
import { scheduleStore } from "../../storage/oncall/schedule-store.ts";
import { serviceStore } from "../../storage/oncall/service-store.ts";
import type { Authorize } from "../ports/access.ts";
import { updateIntegration } from "./update-integration.ts";

test("an integration is changed under its key, and not if someone else changed it since", async () => {
  const table = memoryTable(() => monday);
  const [integrations, services] = [integrationStore(table), serviceStore(table)];
  const deps = { integrations, services, schedules: scheduleStore(table), authorize: permitted };
  const integration = anIntegration();
  await integrations.create(integration);
  const changes = { name: "Disks", service: "storage", settings: { a: 1 }, team: "platform" };
  const save = (base: number) => updateIntegration(deps, integration.id, () => changes, base, monday);
  const saved = await save(integration.version);
  expect(saved).toMatchObject({ name: "Disks", keyDigest: integration.keyDigest });
  expect(await integrations.findByDigest(integration.keyDigest)).toEqual(saved);
  expect(await services.find("storage")).toMatchObject({ team: "platform" });
  await expect(save(integration.version)).rejects.toMatchObject({ faults: [{ path: "name" }] });
  await save(saved.version);
});

test("an integration does not move to a service of another team, also not with a team of one's own", async () => {
  const table = memoryTable(() => monday);
  const [integrations, services] = [integrationStore(table), serviceStore(table)];
  const authorize: Authorize = async (subject) => {
    const { team } = typeof subject === "function" ? await subject() : subject;
    if (team !== "mine") throw new Error(`denied in ${team}`);
  };
  const deps = { integrations, services, schedules: scheduleStore(table), authorize };
  const integration = anIntegration({ service: "own" });
  await integrations.create(integration);
  await services.put(aService({ name: "own", team: "mine" }));
  await services.put(aService({ name: "foreign", team: "theirs" }));
  const move = (team: string | null) =>
    updateIntegration(deps, integration.id, () => ({ service: "foreign", team }), null, monday);
  await expect(move(null)).rejects.toThrow("denied in theirs");
  await expect(move("mine")).rejects.toThrow("denied in theirs");
  expect(await integrations.find(integration.id)).toMatchObject({ service: "own" });
  expect(await services.find("foreign")).toMatchObject({ team: "theirs" });
});
