import type { WebhookStore } from "../../ports/notifications.ts";
import type { MakeSecret } from "../../ports/system.ts";

export interface WebhookDeps {
  readonly webhooks: WebhookStore;
}

export interface SecretDeps extends WebhookDeps {
  /** Creates a secret in the format of `Webhook.secret`. */
  readonly makeSigningSecret: MakeSecret;
}
