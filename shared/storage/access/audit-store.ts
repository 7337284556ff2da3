import * as z from "zod";
import { type AuditEntry, auditedResources } from "../../domain/access/audit.ts";
import type { AuditStore } from "../../use-cases/ports/access.ts";
import { type Entity, entity, jsonText } from "../entity.ts";
import { keys, partitions } from "../keys.ts";
import { readPage } from "../listing.ts";
import { keptFor } from "../retention.ts";
import type { Table } from "../table.ts";

const view = jsonText(z.record(z.string(), z.unknown())).nullable();

export const auditEntity = entity<AuditEntry>({
  name: "audit entry",
  schema: z.object({
    id: z.string(),
    at: z.number(),
    actor: z.string().nullable(),
    method: z.string().nullable(),
    path: z.string().nullable(),
    requestId: z.string().nullable(),
    resource: z.enum(auditedResources),
    resourceId: z.string(),
    before: view,
    after: view,
  }),
  key: ({ id }) => keys.audit(id),
  indexes: ({ resource, resourceId, actor }) => ({
    gsi1: partitions.auditOfKind(resource),
    gsi2: partitions.auditOfResource(resource, resourceId),
    gsi3: actor === null ? undefined : partitions.auditOfActor(actor),
  }),
  sort: ({ id }) => id,
});

/** Read access to the audit log. Tables and tools write entries with `journalItem`. */
export function auditStore(table: Table): AuditStore {
  return {
    list({ resource, actor }, page) {
      const [index, pk] = resource
        ? resource.id === null
          ? (["gsi1", partitions.auditOfKind(resource.kind)] as const)
          : (["gsi2", partitions.auditOfResource(resource.kind, resource.id)] as const)
        : actor === undefined
          ? [undefined, partitions.audit]
          : (["gsi3", partitions.auditOfActor(actor)] as const);
      const accepts = (entry: AuditEntry) => actor === undefined || entry.actor === actor;
      return readPage(table, { entity: auditEntity, pk, accepts, ...(index && { index }) }, page);
    },
  };
}

/** Audit entries with a retention in days; 0 keeps them permanently. */
export function keptAudit(days: number): Entity<AuditEntry> {
  return keptFor(days, auditEntity, ({ at }) => at);
}
