import { endOverridesContract } from "../../../shared/contracts/oncall/overrides/end-overrides.ts";
import { presentOverride } from "../../../shared/contracts/oncall/overrides/override.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { schedules } from "../../../shared/runtime/stores.ts";
import { endOverridesInForce } from "../../../shared/use-cases/oncall/overrides/end-overrides.ts";

export const handler = endpoint(endOverridesContract, async ({ params: { team }, now }) => ({
  body: {
    overrides: (await endOverridesInForce({ schedules: schedules() }, team, now)).map(presentOverride),
  },
}));
