import { createHmac } from "node:crypto";
import { presentIncident } from "../contracts/incidents/incident.ts";
import { presentNotification } from "../contracts/notifications/notification.ts";
import { presentWebhookMessage } from "../contracts/notifications/webhooks/webhook-message.ts";
import type { Notification } from "../domain/notifications/notification.ts";
import type { OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import { announcedEvents } from "../domain/notifications/team-channel.ts";
import { signingSecrets } from "../domain/notifications/webhook.ts";
import { formatInstant } from "../domain/time.ts";
import type { Http } from "../outbound/http.ts";
import type { Channel } from "../use-cases/ports/notifications.ts";
import { detailOf } from "./provider/detail.ts";
import { call } from "./provider/provider.ts";

export interface Webhook {
  readonly http: Http;
  /**
   * For addresses that are no webhook of a team, the newest first: whoever still has an older one can verify by that.
   * Empty: nothing is signed.
   */
  readonly keys: readonly Uint8Array[];
}

/** Posts as Standard Webhooks has it (standardwebhooks.com). */
export function webhookChannel({ http, keys }: Webhook): Channel {
  return {
    async deliver(message) {
      const { notification, webhook } = message;
      const { address: url } = notification;
      const id = notification.webhook?.messageId ?? notification.id;
      const signingKeys = webhook ? signingSecrets(webhook, message.at).map(keyOf) : keys;
      const body = JSON.stringify(bodyOf(message));
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

/** Of a secret that is `whsec_` and base64. */
function keyOf(secret: string): Uint8Array {
  return Buffer.from(secret.slice("whsec_".length), "base64");
}

function signatures(keys: readonly Uint8Array[], signed: string): string {
  return keys.map((key) => `v1,${createHmac("sha256", key).update(signed).digest("base64")}`).join(" ");
}

/** The same for every repetition, but for what has happened to the incident since. */
function bodyOf(message: OutgoingMessage) {
  const { notification, incident } = message;
  if (notification.webhook) return presentWebhookMessage(notification.webhook, message);
  const { attempts: _, ...presented } = presentNotification(notification);
  return {
    type: typeOf(notification),
    timestamp: formatInstant(notification.createdAt),
    data: { notification: presented, incident: incident && presentIncident(incident) },
  };
}

/** `incident.triggered` for what a team's channel hears, else `incident.page` and the like. */
function typeOf({ kind, incidentId, metadata }: Notification): string {
  const event = announcedEvents.find((announced) => announced === metadata.event);
  const what = kind === "announcement" && event ? event : kind;
  return `${incidentId === null ? "notification" : "incident"}.${what}`;
}
