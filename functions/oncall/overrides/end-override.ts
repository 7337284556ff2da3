import { endOverrideContract } from "../../../shared/contracts/oncall/overrides/end-override.ts";
import { presentOverride } from "../../../shared/contracts/oncall/overrides/override.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { endOverride } from "../../../shared/use-cases/oncall/overrides/end-override.ts";

export const handler = endpoint(endOverrideContract, async ({ params: { id }, now }) => ({
  body: presentOverride(await endOverride({ schedules: schedules() }, id, now)),
}));
