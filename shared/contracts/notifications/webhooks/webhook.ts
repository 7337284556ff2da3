import * as z from "zod";
import { addressFault } from "../../../channels/address.ts";
import { limits } from "../../../domain/limits.ts";
import { type Webhook, type WebhookEvent, webhookEvents } from "../../../domain/notifications/webhook.ts";
import { formatInstant } from "../../../domain/time.ts";
import { id, instant, instantOrNull, text } from "../../fields.ts";
import { teamParams } from "../../oncall/schedules/schedule.ts";

export const webhookParams = teamParams.extend({ webhook: id });
export const deliveryParams = webhookParams.extend({ delivery: id });

/** Accepted names of events. */
const eventNames = new Map<string, WebhookEvent>(
  webhookEvents.flatMap((event) => [
    [event, event],
    [event.slice("incident.".length), event],
  ]),
);

const eventName = z
  .string()
  .transform((value, context) => {
    const event = eventNames.get(value);
    if (event) return event;
    context.addIssue(`must be one of ${webhookEvents.join(", ")}`);
    return z.NEVER;
  })
  .meta({
    enum: [...eventNames.keys()],
    description: "The prefix incident. is optional.",
    examples: [...webhookEvents],
  });

const events = z
  .array(eventName)
  .min(1)
  .max(2 * webhookEvents.length)
  .transform((wanted) => webhookEvents.filter((event) => wanted.includes(event)));

const url = text(1, limits.addressLength)
  .transform((value, context) => {
    const address = value.trim();
    const message = addressFault("webhook", address);
    if (message === undefined) return address;
    context.addIssue(message);
    return z.NEVER;
  })
  .meta({ format: "uri" });

const description = text(1, limits.webhookDescriptionLength).nullable();

export const webhookInput = z.strictObject({
  url,
  events: events.default([...webhookEvents]).meta({ description: "Subscribed events. Default: all." }),
  description: description.default(null),
});

export const webhookPatch = z
  .strictObject({
    url: url.optional(),
    events: events.optional(),
    description: description.optional(),
    enabled: z.boolean().optional(),
  })
  .refine(
    (changes) => Object.keys(changes).length > 0,
    "must have at least one of url, events, description, enabled",
  )
  .meta({ minProperties: 1 });

export const webhookResource = z
  .object({
    id: z.string(),
    team: z.string(),
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(z.enum(webhookEvents)),
    enabled: z.boolean(),
    disabled_reason: z.string().nullable().meta({
      description: "Reason if the platform disabled it; null if it is enabled or was disabled by a person.",
    }),
    previous_secret_expires_at: instant
      .nullable()
      .meta({ description: "Until then, the previous secret also signs." }),
    created_at: instant,
    updated_at: instant,
  })
  .meta({ id: "Webhook" });

export function presentWebhook(webhook: Webhook): z.input<typeof webhookResource> {
  return {
    id: webhook.id,
    team: webhook.team,
    url: webhook.url,
    description: webhook.description,
    events: [...webhook.events],
    enabled: webhook.enabled,
    disabled_reason: webhook.disabledReason,
    previous_secret_expires_at: instantOrNull(webhook.previousSecretUntil),
    created_at: formatInstant(webhook.createdAt),
    updated_at: formatInstant(webhook.updatedAt),
  };
}

export function webhookPath(team: string, id: string): string {
  return `/api/v1/teams/${encodeURIComponent(team)}/webhooks/${id}`;
}

/** Includes the signing secret, which is shown only once. */
export const webhookWithSecret = webhookResource.extend({
  secret: z.string().meta({ description: "whsec_ and base64, as used by Standard Webhooks libraries." }),
});
