import * as z from "zod";
import {
  attemptOutcomes,
  type Notification,
  notificationKinds,
  notificationStatuses,
  receiptKinds,
} from "../../domain/notifications/notification.ts";
import { severities } from "../../domain/severity.ts";
import { incidentEventSchema } from "../../messages/incident-changed.ts";
import type { NotificationFilter, NotificationStore } from "../../use-cases/ports/notifications.ts";
import { contactMethodSchema } from "../access/contact-method-schema.ts";
import { entity, jsonText } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions, timeKey } from "../keys.ts";
import type { Listing } from "../listing.ts";
import { keptFor } from "../retention.ts";
import type { Item, Table } from "../table.ts";

export const notificationEntity = entity<Notification>({
  name: "notification",
  schema: z.object({
    id: z.string(),
    kind: z.enum(notificationKinds),
    incidentId: z.string().nullable(),
    channel: z.string(),
    recipient: z.string(),
    address: z.string(),
    message: z.string(),
    severity: z.enum(severities).nullable(),
    metadata: jsonText(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
    status: z.enum(notificationStatuses),
    reason: z.string().nullable(),
    attempts: z.array(
      z.object({
        at: z.number(),
        ok: z.boolean(),
        outcome: z.enum(attemptOutcomes),
        detail: z.string(),
        hash: z.string(),
      }),
    ),
    receipts: z
      .array(
        z.object({
          at: z.number(),
          kind: z.enum(receiptKinds),
          detail: z.string(),
          providerId: z.string(),
          afterAttempts: z.number(),
          hash: z.string(),
        }),
      )
      .default([]),
    createdAt: z.number(),
    dueAt: z.number(),
    sentAt: z.number().nullable(),
    simulated: z.boolean().default(false),
    nextAttemptAt: z.number().nullable().default(null),
    claimedUntil: z.number().nullable(),
    cancelledBy: z.enum(["answer", "resolution", "own_answer"]).nullable(),
    mayBeBundled: z.boolean(),
    bundledInto: z.string().nullable().default(null),
    fallbacks: z.array(z.object({ pageId: z.string(), method: contactMethodSchema })),
    bundled: z.array(z.object({ pageId: z.string(), incidentId: z.string(), incidentNumber: z.number() })),
    bundledCount: z.number(),
    webhook: z
      .object({
        webhookId: z.string(),
        team: z.string(),
        messageId: z.string(),
        event: incidentEventSchema.nullable(),
      })
      .nullable()
      .default(null),
    version: z.number(),
  }),
  key: ({ id }) => keys.notification(id),
  // The list of an incident's notifications excludes webhook messages, which would hide the others.
  indexes: ({ incidentId, recipient, webhook }) => ({
    gsi1: partitions.notifications,
    gsi2:
      incidentId === null || webhook !== null ? undefined : partitions.notificationsOfIncident(incidentId),
    gsi3: partitions.notificationsOfRecipient(recipient),
  }),
  sort: ({ createdAt, id }) => timeKey(createdAt, id),
  upgrades: [fromVersion1],
});

/** Version 1 had only immediate pages and stored no outcome or hash of an attempt. */
function fromVersion1(item: Item): Item {
  const attempts = z.array(z.looseObject({ ok: z.boolean() })).parse(item.attempts);
  return {
    kind: "page",
    address: item.recipient,
    dueAt: item.createdAt,
    reason: null,
    cancelledBy: null,
    mayBeBundled: false,
    fallbacks: [],
    bundled: [],
    bundledCount: 0,
    ...item,
    attempts: attempts.map((attempt) => ({
      outcome: attempt.ok ? "sent" : "temporary",
      hash: "",
      ...attempt,
    })),
  };
}

/** @param keptDays retention after creation; 0 keeps notifications permanently */
export function notificationStore(table: Table, keptDays = 0): NotificationStore {
  const kept = keptFor(keptDays, notificationEntity, ({ createdAt }) => createdAt);
  const notifications = entityStore(table, kept, { label: ({ id }) => `Notification ${id}` });
  return {
    find: (id) => notifications.find(keys.notification(id)),
    findAll: (ids) => notifications.findAll(ids.map(keys.notification)),
    create: (notification) => notifications.create(notification),
    save: (notification) => notifications.replace(notification, notification),
    list: (filter, page) => notifications.list(sourceOf(filter), page),
    async createdBetween({ from, to, after }, limit) {
      const entries = await table.queryIndex("gsi1", {
        pk: partitions.notifications,
        // The bound is inclusive: a space makes it the first text after the position.
        from: after === null ? timeKey(from, "") : `${after} `,
        before: timeKey(to, ""),
        newestFirst: false,
        // One more than is returned shows whether there are more.
        limit: limit + 1,
      });
      const shown = entries.slice(0, limit);
      const items = await table.getAll(shown, { stale: true });
      const found = new Map(items.map((item) => [item.pk, item]));
      return {
        items: shown.flatMap(({ pk, gsisk }) => {
          const item = found.get(pk);
          return item ? [{ notification: kept.parse(item), position: gsisk }] : [];
        }),
        more: entries.length > limit,
      };
    },
  };
}

function sourceOf(filter: NotificationFilter): Omit<Listing<Notification>, "entity"> {
  const { incidentId, recipient, channel, status } = filter;
  const source =
    incidentId !== undefined
      ? { index: "gsi2" as const, pk: partitions.notificationsOfIncident(incidentId) }
      : recipient !== undefined
        ? { index: "gsi3" as const, pk: partitions.notificationsOfRecipient(recipient) }
        : { index: "gsi1" as const, pk: partitions.notifications };
  return {
    ...source,
    accepts: (notification) =>
      (recipient ?? notification.recipient) === notification.recipient &&
      (channel ?? notification.channel) === notification.channel &&
      (status ?? notification.status) === notification.status,
  };
}
