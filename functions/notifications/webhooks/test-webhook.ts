import { deliveryPath, presentDelivery } from "../../../shared/contracts/notifications/webhooks/delivery.ts";
import { testWebhookContract } from "../../../shared/contracts/notifications/webhooks/test-webhook.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { sendToWebhookDeps } from "../../../shared/runtime/later/deps.ts";
import { testWebhook } from "../../../shared/use-cases/notifications/webhooks/test-webhook.ts";

export const handler = creatingEndpoint(
  testWebhookContract,
  async ({ params: { team, webhook: id }, now, ulid }) => {
    const delivery = await testWebhook({ ...sendToWebhookDeps(), ulid }, team, id, now);
    return { body: presentDelivery(delivery), location: deliveryPath(delivery) };
  },
);
