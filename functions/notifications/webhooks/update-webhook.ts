import { updateWebhookContract } from "../../../shared/contracts/notifications/webhooks/update-webhook.ts";
import { presentWebhook } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";
import { updateWebhook } from "../../../shared/use-cases/notifications/webhooks/update-webhook.ts";

export const handler = endpoint(
  updateWebhookContract,
  async ({ params: { team, webhook: id }, body, now }) => ({
    body: presentWebhook(await updateWebhook({ webhooks: webhooks() }, { team, id }, body, now)),
  }),
);
