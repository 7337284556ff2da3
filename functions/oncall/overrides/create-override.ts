import { createOverrideContract } from "../../../shared/contracts/oncall/overrides/create-override.ts";
import { overrideOf, presentOverride } from "../../../shared/contracts/oncall/overrides/override.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { scheduleDeps } from "../../../shared/runtime/later/deps.ts";
import { createOverride } from "../../../shared/use-cases/oncall/overrides/create-override.ts";

export const handler = creatingEndpoint(createOverrideContract, async ({ body, now, ulid }) => {
  const endField = body.ends_at === undefined ? "duration_hours" : "ends_at";
  const override = await createOverride({ ...scheduleDeps(), ulid }, overrideOf(body, now), now, endField);
  return { body: presentOverride(override) };
});
