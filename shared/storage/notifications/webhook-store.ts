import * as z from "zod";
import { StaleVersion } from "../../domain/errors.ts";
import { type Webhook, webhookEvents } from "../../domain/notifications/webhook.ts";
import type { WebhookStore } from "../../use-cases/ports/notifications.ts";
import { audited } from "../audited-table.ts";
import { orStale } from "../conditional-write.ts";
import { createOnce } from "../create-once.ts";
import { entity } from "../entity.ts";
import { keys, webhookPrefix } from "../keys.ts";
import { readPage } from "../listing.ts";
import { ConditionFailed, type Table } from "../table.ts";

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
  return {
    create: (webhook) =>
      createOnce(webhook.id, table.put({ item: webhookEntity.toItem(webhook), condition: { absent: true } })),
    async find(team, id) {
      const item = await table.get(keys.webhook(team, id));
      return item && webhookEntity.parse(item);
    },
    list: (team, page) => readPage(table, { entity: webhookEntity, ...webhooksOf(team) }, page),
    async replace(webhook) {
      const next = { ...webhook, version: webhook.version + 1 };
      try {
        await table.put({
          item: webhookEntity.toItem(next),
          condition: { equals: { version: webhook.version } },
        });
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
        throw new StaleVersion(`The webhook ${webhook.id} was changed in the meantime`);
      }
      return next;
    },
    remove: ({ team, id, version }) =>
      orStale(`The webhook ${id}`, table.remove(keys.webhook(team, id), { equals: { version } })),
  };
}

function webhooksOf(team: string) {
  return { pk: keys.webhook(team, "").pk, prefix: webhookPrefix };
}
