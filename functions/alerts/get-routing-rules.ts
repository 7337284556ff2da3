import { getRoutingRulesContract } from "../../shared/contracts/alerts/get-routing-rules.ts";
import { presentRouting } from "../../shared/contracts/alerts/routing.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { ruleStore } from "../../shared/runtime/later/stores.ts";

export const handler = endpoint(getRoutingRulesContract, async () => ({
  body: presentRouting((await ruleStore().findRouting()).current),
}));
