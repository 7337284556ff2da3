import * as z from "zod";
import { type AuditEntry, auditedResources } from "../../domain/access/audit.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import { defineContract } from "../contract.ts";
import { instant, nextCursor, pageQuery, text } from "../fields.ts";

/** `schedule`, or a single resource: `schedule/payments`. */
const resource = z
  .string()
  .max(limits.auditedPathLength)
  .transform((value, context) => {
    const [name, id] = value.split(/\/(.*)/s);
    const kind = auditedResources.find((known) => known === name);
    if (kind && id !== "") return { kind, id: id ?? null };
    context.addIssue(`must be one of ${auditedResources.join(", ")}, optionally followed by /id`);
    return z.NEVER;
  })
  .meta({
    pattern: `^(${auditedResources.join("|")})(/[\\s\\S]+)?$`,
    examples: ["schedule", "schedule/payments"],
  });

const view = z
  .record(z.string(), z.unknown())
  .nullable()
  .meta({ description: "Without secrets. Values that are too large are replaced by their size." });

const entry = z
  .object({
    id: z.string(),
    at: instant,
    actor: z.string().nullable().meta({
      description: "Name of the API key or of the person; null if authentication is off.",
    }),
    method: z.string().nullable(),
    path: z.string().nullable(),
    request_id: z.string().nullable(),
    resource: z.enum(auditedResources),
    resource_id: z.string(),
    before: view,
    after: view,
  })
  .meta({ id: "AuditEntry" });

export function presentAuditEntry(found: AuditEntry): z.input<typeof entry> {
  return {
    id: found.id,
    at: formatInstant(found.at),
    actor: found.actor,
    method: found.method,
    path: found.path,
    request_id: found.requestId,
    resource: found.resource,
    resource_id: found.resourceId,
    before: found.before,
    after: found.after,
  };
}

export const listAuditContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/audit",
  summary: "List audit log entries",
  description: "Configuration changes, newest first, with actor, state before and state after.",
  scope: "admin",
  query: z.object({
    ...pageQuery,
    resource: resource.optional(),
    actor: text(1, limits.personNameLength).optional(),
  }),
  status: 200,
  response: z.object({ entries: z.array(entry), next_cursor: nextCursor }),
});
