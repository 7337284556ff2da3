import { putRoutingRulesContract } from "../../shared/contracts/alerts/put-routing-rules.ts";
import { presentRouting } from "../../shared/contracts/alerts/routing.ts";
import { ruleOf } from "../../shared/contracts/alerts/routing-input.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { ruleDeps } from "../../shared/runtime/later/deps.ts";
import { putRoutingRules } from "../../shared/use-cases/alerts/put-routing-rules.ts";

export const handler = endpoint(putRoutingRulesContract, async ({ body: { rules, version }, now }) => ({
  body: presentRouting(await putRoutingRules(ruleDeps(), rules.map(ruleOf), version, now)),
}));
