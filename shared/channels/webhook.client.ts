import * as z from "zod";
import { hmac } from "../crypto/hmac.ts";
import { signingSecrets } from "../domain/notifications/webhook.ts";
import type { Http } from "../outbound/http.ts";
import { list } from "../validation/settings.ts";
import type { Channel, ChannelClient, ChannelContext } from "./channel-type.ts";
import { detailOf } from "./provider/detail.ts";
import { call } from "./provider/provider.ts";

/** `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. */
const signingKey = () =>
  z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, "must be whsec_ and base64")
    .transform(keyOf)
    .refine(({ length }) => length >= 24 && length <= 64, "must have 24 to 64 bytes");

const settings = () => z.object({ WEBHOOK_SECRETS: list.pipe(z.array(signingKey())) });

export const client: ChannelClient<typeof settings> = {
  settings,
  create: ({ WEBHOOK_SECRETS: keys }, { http, present }) => webhookChannel({ http, keys, present }),
};

interface Webhook {
  readonly http: Http;
  /**
   * Signing keys for addresses other than team webhooks, newest first. All of them sign, so receivers with an
   * older key can still verify. Empty for unsigned messages.
   */
  readonly keys: readonly Uint8Array[];
  readonly present: ChannelContext["present"];
}

/** Posts messages as Standard Webhooks describes (standardwebhooks.com). */
export function webhookChannel({ http, keys, present }: Webhook): Channel {
  return {
    async deliver(message) {
      const { notification, webhook } = message;
      const { address: url } = notification;
      const id = notification.webhook?.messageId ?? notification.id;
      const signingKeys = webhook ? signingSecrets(webhook, message.at).map(keyOf) : keys;
      const body = JSON.stringify(present(message));
      const timestamp = String(Math.floor(message.at / 1_000));
      const signed = signingKeys.length > 0;
      const headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        ...(signed && { "webhook-signature": signatures(signingKeys, `${id}.${timestamp}.${body}`) }),
      };
      const { detail } = await call({ http, message, request: { url, headers, body } });
      return { detail: signed ? detail : detailOf(`unsigned: WEBHOOK_SECRETS is not set; ${detail}`, []) };
    },
  };
}

/** Returns the bytes of a secret that is `whsec_` and base64. */
function keyOf(secret: string): Buffer {
  return Buffer.from(secret.slice("whsec_".length), "base64");
}

function signatures(keys: readonly Uint8Array[], signed: string): string {
  return keys.map((key) => `v1,${hmac(key, signed).toString("base64")}`).join(" ");
}
