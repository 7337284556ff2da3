import { presentReceipt, receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { ingestionEndpoint } from "../../shared/runtime/endpoint.ts";
import { acceptDeps } from "../../shared/runtime/later/deps.ts";
import { acceptAlerts } from "../../shared/use-cases/alerts/accept-alerts.ts";

export const handler = ingestionEndpoint(receiveAlertsContract, async ({ body, now, ulid }) => {
  const drafts = body.items.flatMap((item) => ("draft" in item ? [item.draft] : []));
  const { alerts } = await acceptAlerts({ ...acceptDeps(), ulid }, drafts, now);
  const receipt = presentReceipt(body.items, body.single, alerts);
  return "alert_id" in receipt
    ? { body: receipt, location: `/api/v1/alerts/${receipt.alert_id}` }
    : { body: receipt };
});
