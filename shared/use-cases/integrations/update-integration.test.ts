import { expect, test } from "vitest";
import { anIntegration, monday, permitted } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { integrationStore } from "../../storage/integrations/integration-store.ts";
import { scheduleStore } from "../../storage/oncall/schedule-store.ts";
import { serviceStore } from "../../storage/oncall/service-store.ts";
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
