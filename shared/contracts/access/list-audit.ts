import * as z from "zod";
import { type AuditEntry, actorKinds, auditEvents, auditedResources } from "../../domain/access/audit.ts";
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
    event: z.enum(auditEvents).meta({
      description:
        "`change`: a change of configuration, with the state before and after. Otherwise `after` has the details of a " +
        "sign-in, or the missing permission of a denied request.",
    }),
    actor: z.string().nullable().meta({
      description: "Name of the API key, or email or name of the person; null if authentication is off.",
    }),
    actor_kind: z.enum(actorKinds).nullable().meta({
      description: "Null in entries of releases before 0.2.0, which did not record it.",
    }),
    actor_subject: z
      .string()
      .nullable()
      .meta({ description: "ID of the person at the identity provider; null for others." }),
    ip_address: z.string().nullable().meta({
      description: "Address that the request came from. Behind a proxy, the address of the proxy.",
    }),
    right: z.string().nullable().meta({ description: "Right that the request required." }),
    method: z.string().nullable(),
    path: z.string().nullable(),
    request_id: z.string().nullable(),
    resource: z.enum(auditedResources),
    resource_id: z.string(),
    before: view,
    after: view,
    content_hash: z.string().meta({
      description:
        "SHA-256 of JSON.stringify([id, at, event, actor, actor_kind, actor_subject, ip_address, right, method, path, " +
        "request_id, resource, resource_id, before, after]), with at in epoch milliseconds. The audit log's chain and the " +
        "logs contain it.",
    }),
  })
  .meta({ id: "AuditEntry" });

/** @param contentHash of the entry */
export function presentAuditEntry(found: AuditEntry, contentHash: string): z.input<typeof entry> {
  return {
    id: found.id,
    at: formatInstant(found.at),
    event: found.event,
    actor: found.actor,
    actor_kind: found.actorKind,
    actor_subject: found.subject,
    ip_address: found.ipAddress,
    right: found.right,
    method: found.method,
    path: found.path,
    request_id: found.requestId,
    resource: found.resource,
    resource_id: found.resourceId,
    before: found.before,
    after: found.after,
    content_hash: contentHash,
  };
}

export const listAuditContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/audit",
  summary: "List audit log entries",
  description:
    "Configuration changes, sign-ins, sign-outs and denied requests, newest first. With `Accept: application/x-ndjson`, the " +
    "response has one entry per line, and its Link header contains the next page.",
  right: "administer",
  query: z.object({
    ...pageQuery,
    resource: resource.optional(),
    actor: text(1, limits.personNameLength).optional(),
    event: z.enum(auditEvents).optional(),
    ip_address: text(1, limits.ipAddressLength).optional(),
  }),
  status: 200,
  lines: "entries",
  response: z.object({ entries: z.array(entry), next_cursor: nextCursor }),
});
