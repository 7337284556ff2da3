import { createWebhookContract } from "../../../shared/contracts/notifications/webhooks/create-webhook.ts";
import { presentWebhook, webhookPath } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";
import { makeSigningSecret } from "../../../shared/runtime/system.ts";
import { createWebhook } from "../../../shared/use-cases/notifications/webhooks/create-webhook.ts";

export const handler = creatingEndpoint(
  createWebhookContract,
  async ({ params: { team }, body, now, ulid }) => {
    const deps = { webhooks: webhooks(), makeSigningSecret, ulid };
    const webhook = await createWebhook(deps, { ...body, team }, now);
    return {
      body: { ...presentWebhook(webhook), secret: webhook.secret },
      location: webhookPath(team, webhook.id),
    };
  },
);
