import * as z from "zod";
import { type AuditEntry, actorKinds, auditEvents, auditedResources } from "../../domain/access/audit.ts";
import type { AuditStore } from "../../use-cases/ports/audit.ts";
import { type Entity, entity, jsonText } from "../entity.ts";
import { keys, partitions } from "../keys.ts";
import { readPage } from "../listing.ts";
import { keptFor } from "../retention.ts";
import type { Put, Table } from "../table.ts";
import { digestItem } from "./audit-seals.ts";

const view = jsonText(z.record(z.string(), z.unknown())).nullable();

export const auditEntity = entity<AuditEntry>({
  name: "audit entry",
  schema: z.object({
    id: z.string(),
    at: z.number(),
    event: z.enum(auditEvents),
    actor: z.string().nullable(),
    actorKind: z.enum(actorKinds).nullable(),
    subject: z.string().nullable(),
    ipAddress: z.string().nullable(),
    right: z.string().nullable(),
    method: z.string().nullable(),
    path: z.string().nullable(),
    requestId: z.string().nullable(),
    resource: z.enum(auditedResources),
    resourceId: z.string(),
    before: view,
    after: view,
    isChained: z.boolean(),
  }),
  key: ({ id }) => keys.audit(id),
  indexes: ({ resource, resourceId, actor }) => ({
    gsi1: partitions.auditOfKind(resource),
    gsi2: partitions.auditOfResource(resource, resourceId),
    gsi3: actor === null ? undefined : partitions.auditOfActor(actor),
  }),
  sort: ({ id }) => id,
  upgrades: [
    // Entries of version 1 are changes, without details of the actor, and not in the chain.
    (item) => ({
      ...item,
      event: "change",
      actorKind: null,
      subject: null,
      ipAddress: null,
      right: null,
      isChained: false,
    }),
  ],
});

/** Reads the audit log. Entries are written with `writeJournaled`. */
export function auditStore(table: Table): AuditStore {
  return {
    list({ resource, actor, event, ipAddress }, page) {
      const [index, pk] = resource
        ? resource.id === null
          ? (["gsi1", partitions.auditOfKind(resource.kind)] as const)
          : (["gsi2", partitions.auditOfResource(resource.kind, resource.id)] as const)
        : actor === undefined
          ? [undefined, partitions.audit]
          : (["gsi3", partitions.auditOfActor(actor)] as const);
      const accepts = (entry: AuditEntry) =>
        (actor === undefined || entry.actor === actor) &&
        (event === undefined || entry.event === event) &&
        (ipAddress === undefined || entry.ipAddress === ipAddress);
      return readPage(table, { entity: auditEntity, pk, accepts, ...(index && { index }) }, page);
    },
  };
}

/**
 * Returns the writes that replace what an entry says. Its new content is sealed too, behind the one before, which shows that
 * it was replaced.
 */
export function rewriteEntry(put: Put): Put[] {
  const entry = auditEntity.parse(put.item);
  return [put, ...(entry.isChained ? [{ item: digestItem(put.item, entry) }] : [])];
}

/** Audit entries with a retention in days; 0 keeps them permanently. */
export function keptAudit(days: number): Entity<AuditEntry> {
  return keptFor(days, auditEntity, ({ at }) => at);
}
