import { createWebhookContract } from "../../../shared/contracts/notifications/webhooks/create-webhook.ts";
import { deleteWebhookContract } from "../../../shared/contracts/notifications/webhooks/delete-webhook.ts";
import { presentDelivery } from "../../../shared/contracts/notifications/webhooks/delivery.ts";
import { replayDeliveryContract } from "../../../shared/contracts/notifications/webhooks/replay-delivery.ts";
import { rotateWebhookSecretContract } from "../../../shared/contracts/notifications/webhooks/rotate-webhook-secret.ts";
import { testWebhookContract } from "../../../shared/contracts/notifications/webhooks/test-webhook.ts";
import { updateWebhookContract } from "../../../shared/contracts/notifications/webhooks/update-webhook.ts";
import { presentWebhook } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import type { WebhookDelivery } from "../../../shared/domain/notifications/notification.ts";
import { oneOf } from "../../../shared/http/one-of.ts";
import { sendToWebhookDeps } from "../../../shared/runtime/deps.ts";
import { creatingEndpoint, endpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/stores.ts";
import { makeSigningSecret } from "../../../shared/runtime/system.ts";
import { replayDelivery, testWebhook } from "../../../shared/use-cases/notifications/webhook-deliveries.ts";
import {
  createWebhook,
  deleteWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from "../../../shared/use-cases/notifications/webhooks.ts";

const pathOf = (team: string, id: string) => `/api/v1/teams/${encodeURIComponent(team)}/webhooks/${id}`;

const create = creatingEndpoint(createWebhookContract, async ({ params: { team }, body, now, ulid }) => {
  const deps = { webhooks: webhooks(), makeSigningSecret, ulid };
  const webhook = await createWebhook(deps, { ...body, team }, now);
  return {
    body: { ...presentWebhook(webhook), secret: webhook.secret },
    location: pathOf(team, webhook.id),
  };
});

const update = endpoint(updateWebhookContract, async ({ params: { team, webhook: id }, body, now }) => ({
  body: presentWebhook(await updateWebhook({ webhooks: webhooks() }, { team, id }, body, now)),
}));

const remove = endpoint(deleteWebhookContract, async ({ params: { team, webhook: id } }) => ({
  body: presentWebhook(await deleteWebhook({ webhooks: webhooks() }, team, id)),
}));

const rotate = creatingEndpoint(
  rotateWebhookSecretContract,
  async ({ params: { team, webhook: id }, now }) => {
    const deps = { webhooks: webhooks(), makeSigningSecret };
    const webhook = await rotateWebhookSecret(deps, { team, id }, now);
    return {
      body: { ...presentWebhook(webhook), secret: webhook.secret },
      location: pathOf(webhook.team, webhook.id),
    };
  },
);

const test = creatingEndpoint(testWebhookContract, async ({ params: { team, webhook: id }, now, ulid }) =>
  replyOf(await testWebhook({ ...sendToWebhookDeps(), ulid }, team, id, now)),
);

const replay = creatingEndpoint(replayDeliveryContract, async ({ params, now, ulid }) => {
  const { team, webhook: id, delivery } = params;
  return replyOf(await replayDelivery({ ...sendToWebhookDeps(), ulid }, team, id, delivery, now));
});

function replyOf(delivery: WebhookDelivery) {
  const { team, webhookId } = delivery.webhook;
  return {
    body: presentDelivery(delivery),
    location: `${pathOf(team, webhookId)}/deliveries/${delivery.id}`,
  };
}

export const handler = oneOf(
  { contract: createWebhookContract, handler: create },
  { contract: updateWebhookContract, handler: update },
  { contract: deleteWebhookContract, handler: remove },
  { contract: rotateWebhookSecretContract, handler: rotate },
  { contract: testWebhookContract, handler: test },
  { contract: replayDeliveryContract, handler: replay },
);
