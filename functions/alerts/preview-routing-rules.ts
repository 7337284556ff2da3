import {
  presentRoutingPreview,
  previewRoutingRulesContract,
} from "../../shared/contracts/alerts/preview-routing-rules.ts";
import { ruleOf } from "../../shared/contracts/alerts/routing-input.ts";
import { routedAgain } from "../../shared/domain/alerts/routing-preview.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { alerts } from "../../shared/runtime/stores.ts";
import { readLatestAlerts } from "../../shared/use-cases/alerts/read-latest-alerts.ts";

export const handler = endpoint(previewRoutingRulesContract, async ({ body }) => {
  const rules = body.rules.map(ruleOf);
  const { alerts: examined, complete } = await readLatestAlerts(
    { alerts: alerts() },
    rules.flatMap(({ matchers }) => matchers),
  );
  return { body: presentRoutingPreview(rules, { alerts: routedAgain(examined, rules), complete }) };
});
