import { rotateWebhookSecretContract } from "../../../shared/contracts/notifications/webhooks/rotate-webhook-secret.ts";
import { presentWebhook, webhookPath } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";
import { makeSigningSecret } from "../../../shared/runtime/system.ts";
import { rotateWebhookSecret } from "../../../shared/use-cases/notifications/webhooks/rotate-webhook-secret.ts";

export const handler = creatingEndpoint(
  rotateWebhookSecretContract,
  async ({ params: { team, webhook: id }, now }) => {
    const deps = { webhooks: webhooks(), makeSigningSecret };
    const webhook = await rotateWebhookSecret(deps, { team, id }, now);
    return {
      body: { ...presentWebhook(webhook), secret: webhook.secret },
      location: webhookPath(webhook.team, webhook.id),
    };
  },
);
