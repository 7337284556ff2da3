import { deliveryPath, presentDelivery } from "../../../shared/contracts/notifications/webhooks/delivery.ts";
import { replayDeliveryContract } from "../../../shared/contracts/notifications/webhooks/replay-delivery.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { sendToWebhookDeps } from "../../../shared/runtime/later/deps.ts";
import { replayDelivery } from "../../../shared/use-cases/notifications/webhooks/replay-delivery.ts";

export const handler = creatingEndpoint(replayDeliveryContract, async ({ params, now, ulid }) => {
  const { team, webhook: id } = params;
  const delivery = await replayDelivery({ ...sendToWebhookDeps(), ulid }, team, id, params.delivery, now);
  return { body: presentDelivery(delivery), location: deliveryPath(delivery) };
});
