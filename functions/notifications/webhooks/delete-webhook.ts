import { deleteWebhookContract } from "../../../shared/contracts/notifications/webhooks/delete-webhook.ts";
import { presentWebhook } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";
import { deleteWebhook } from "../../../shared/use-cases/notifications/webhooks/delete-webhook.ts";

export const handler = endpoint(deleteWebhookContract, async ({ params: { team, webhook: id } }) => ({
  body: presentWebhook(await deleteWebhook({ webhooks: webhooks() }, team, id)),
}));
