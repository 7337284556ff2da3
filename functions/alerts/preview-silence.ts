import {
  presentSilencePreview,
  previewSilenceContract,
} from "../../shared/contracts/alerts/preview-silence.ts";
import { silenceScopeOf } from "../../shared/contracts/alerts/silence-input.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { alerts } from "../../shared/runtime/stores.ts";
import { readMatchingAlerts } from "../../shared/use-cases/alerts/read-matching-alerts.ts";

export const handler = endpoint(previewSilenceContract, async ({ body, now }) => {
  const scope = silenceScopeOf(body, now);
  const { latest, matched } = await readMatchingAlerts({ alerts: alerts() }, scope.matchers);
  return { body: presentSilencePreview(scope, latest, matched, now) };
});
