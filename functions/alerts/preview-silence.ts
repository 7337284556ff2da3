import {
  presentSilencePreview,
  previewSilenceContract,
} from "../../shared/contracts/alerts/preview-silence.ts";
import { silenceScopeOf } from "../../shared/contracts/alerts/silence-input.ts";
import { matchesAll } from "../../shared/domain/alerts/matcher.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { alerts } from "../../shared/runtime/stores.ts";
import { readLatestAlerts } from "../../shared/use-cases/alerts/read-latest-alerts.ts";

export const handler = endpoint(previewSilenceContract, async ({ body, now }) => {
  const scope = silenceScopeOf(body, now);
  const examined = await readLatestAlerts({ alerts: alerts() }, scope.matchers);
  const matched = examined.alerts.filter((alert) => matchesAll(scope.matchers, alert));
  return { body: presentSilencePreview(scope, examined, matched, now) };
});
