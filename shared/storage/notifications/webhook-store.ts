import * as z from "zod";
import { type Webhook, webhookEvents } from "../../domain/notifications/webhook.ts";
import type { WebhookStore } from "../../use-cases/ports/notifications.ts";
import { audited } from "../audited-table.ts";
import { createOnce } from "../create-once.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, webhookPrefix } from "../keys.ts";
import type { Table } from "../table.ts";

export const webhookEntity = entity<Webhook>({
  name: "webhook",
  schema: z.object({
    id: z.string(),
    team: z.string(),
    url: z.string(),
    description: z.string().nullable(),
    events: z.array(z.enum(webhookEvents)),
    enabled: z.boolean(),
    disabledReason: z.string().nullable(),
    secret: z.string(),
    previousSecret: z.string().nullable(),
    previousSecretUntil: z.number().nullable(),
    createdAt: z.number(),
    updatedAt: z.number(),
    version: z.number(),
  }),
  key: ({ team, id }) => keys.webhook(team, id),
});

export const auditedWebhook = audited(
  webhookEntity,
  "webhook",
  ({ id }) => id,
  ({ secret, previousSecret, version, ...shown }) => shown,
);

export function webhookStore(table: Table): WebhookStore {
  const webhooks = entityStore(table, webhookEntity, { label: ({ id }) => `The webhook ${id}` });
  return {
    create: (webhook) => createOnce(webhook.id, webhooks.create(webhook)),
    find: (team, id) => webhooks.find(keys.webhook(team, id)),
    list: (team, page) => webhooks.list({ pk: keys.webhook(team, "").pk, prefix: webhookPrefix }, page),
    replace: (webhook) => webhooks.replace(webhook, webhook),
    remove: (webhook) => webhooks.remove(webhook),
  };
}
