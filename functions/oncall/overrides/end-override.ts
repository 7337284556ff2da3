import { endOverrideContract } from "../../../shared/contracts/oncall/overrides/end-override.ts";
import { presentOverride } from "../../../shared/contracts/oncall/overrides/override.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { scheduleDeps } from "../../../shared/runtime/later/deps.ts";
import { endOverride } from "../../../shared/use-cases/oncall/overrides/end-override.ts";

export const handler = endpoint(endOverrideContract, async ({ params: { id }, now }) => ({
  body: presentOverride(await endOverride(scheduleDeps(), id, now)),
}));
