import { getWebhookContract } from "../../../shared/contracts/notifications/webhooks/get-webhook.ts";
import { presentWebhook } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";
import { readWebhook } from "../../../shared/use-cases/notifications/webhooks/read-webhook.ts";

export const handler = endpoint(getWebhookContract, async ({ params: { team, webhook: id } }) => ({
  body: presentWebhook(await readWebhook({ webhooks: webhooks() }, team, id)),
}));
