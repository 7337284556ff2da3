import * as z from "zod";
import { AlreadyExists, StaleVersion } from "../domain/errors.ts";
import { channels, type Notification, notificationStatuses } from "../domain/notification.ts";
import { severities } from "../domain/severity.ts";
import type { NotificationFilter, NotificationStore } from "../use-cases/ports.ts";
import { entity, jsonText } from "./entity.ts";
import { keys, partitions, timeKey } from "./keys.ts";
import { type Listing, readPage } from "./listing.ts";
import { ConditionFailed, type Table } from "./table.ts";

const notificationEntity = entity<Notification>({
  name: "notification",
  schema: z.object({
    id: z.string(),
    incidentId: z.string(),
    channel: z.enum(channels),
    recipient: z.string(),
    message: z.string(),
    severity: z.enum(severities).nullable(),
    metadata: jsonText(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
    status: z.enum(notificationStatuses),
    attempts: z.array(z.object({ at: z.number(), ok: z.boolean(), detail: z.string() })),
    createdAt: z.number(),
    sentAt: z.number().nullable(),
    claimedUntil: z.number().nullable(),
    version: z.number(),
  }),
  key: ({ id }) => keys.notification(id),
  indexes: ({ incidentId, recipient }) => ({
    gsi1: partitions.notifications,
    gsi2: partitions.notificationsOfIncident(incidentId),
    gsi3: partitions.notificationsOfRecipient(recipient),
  }),
  sort: ({ createdAt, id }) => timeKey(createdAt, id),
});

export function notificationStore(table: Table): NotificationStore {
  return {
    async find(id) {
      const item = await table.get(keys.notification(id));
      return item && notificationEntity.parse(item);
    },
    async create(notification) {
      try {
        await table.put({ item: notificationEntity.toItem(notification), condition: { absent: true } });
      } catch (error) {
        throw error instanceof ConditionFailed
          ? new AlreadyExists(`Notification ${notification.id} exists`)
          : error;
      }
    },
    async save(notification) {
      const saved = { ...notification, version: notification.version + 1 };
      try {
        await table.put({
          item: notificationEntity.toItem(saved),
          condition: { equals: { version: notification.version } },
        });
      } catch (error) {
        throw error instanceof ConditionFailed
          ? new StaleVersion(`Notification ${notification.id} was changed meanwhile`)
          : error;
      }
      return saved;
    },
    list: (filter, page) => readPage(table, listingOf(filter), page),
  };
}

function listingOf(filter: NotificationFilter): Listing<Notification> {
  const { incidentId, recipient, channel, status } = filter;
  const source =
    incidentId !== undefined
      ? { index: "gsi2" as const, pk: partitions.notificationsOfIncident(incidentId) }
      : recipient !== undefined
        ? { index: "gsi3" as const, pk: partitions.notificationsOfRecipient(recipient) }
        : { index: "gsi1" as const, pk: partitions.notifications };
  return {
    entity: notificationEntity,
    ...source,
    accepts: (notification) =>
      (recipient ?? notification.recipient) === notification.recipient &&
      (channel ?? notification.channel) === notification.channel &&
      (status ?? notification.status) === notification.status,
  };
}
