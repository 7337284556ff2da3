import { limits } from "../limits.ts";
import { formatInstant } from "../time.ts";

/**
 * Audited resources: configuration, and messages that operators discard or send back. Incidents have their own timeline.
 */
export const auditedResources = [
  "schedule",
  "override",
  "escalation_policy",
  "team_channels",
  "service",
  "user",
  "account",
  "push_devices",
  "key",
  "webhook",
  "routing_rules",
  "silence",
  "heartbeat",
  "integration",
  "dead_letter",
] as const;
export type AuditedResource = (typeof auditedResources)[number];

/** Displayable state of a configured resource: API field names, no secrets. */
export type AuditedView = Readonly<Record<string, unknown>>;

/** Actor of a change and the request it came with. */
export interface ActorContext {
  /** Name of the key, or the name a person entered; null if authentication is off and no name was given. */
  readonly actor: string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly requestId: string | null;
}

/** A change to one configured resource. */
export interface AuditedChange {
  readonly resource: AuditedResource;
  /** Team, name, address or ID: the identifier used in the API. */
  readonly resourceId: string;
  /** State before the change; null if the resource is new. */
  readonly before: AuditedView | null;
  /** State after the change; null if the resource was deleted. */
  readonly after: AuditedView | null;
}

/** Audit log entry. `at` is epoch milliseconds. */
export interface AuditEntry extends ActorContext, AuditedChange {
  /** `aud_` and a ULID. */
  readonly id: string;
  readonly at: number;
}

/** Returns the change of dead letters that an operator sent back to their queue. */
export function redriveOf(queue: string, count: number): AuditedChange {
  return { resource: "dead_letter", resourceId: queue, before: {}, after: { sent_back: count } };
}

/** Converts a domain value to API field names, limited to the size of an entry. */
export function viewOf(value: object): AuditedView {
  return bounded(spelled(value) as AuditedView);
}

/** Converts `handoffTime` to `handoff_time` and times to RFC 3339. */
function spelled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(spelled);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [
      name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      typeof each === "number" && namesTime.test(name) ? formatInstant(each) : spelled(each),
    ]),
  );
}

const namesTime = /(At|From|Until)$|^(start|end)$/;

/** Replaces values that are too large by their size. */
function bounded(view: AuditedView): AuditedView {
  let left = limits.auditedBytes;
  return Object.fromEntries(
    Object.entries(view).map(([name, value]) => {
      const bytes = new TextEncoder().encode(JSON.stringify(value)).length;
      if (bytes > left) return [name, `… (${bytes} bytes)`];
      left -= bytes;
      return [name, value];
    }),
  );
}

/** Returns enough of a secret to distinguish two of them. */
export function masked(secret: string): string {
  return `…${secret.slice(-4)}`;
}
