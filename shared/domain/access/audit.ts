import { limits } from "../limits.ts";
import { formatInstant } from "../time.ts";

/** Resources that are configured, or that operators discard; incidents have a timeline of their own. */
export const auditedResources = [
  "schedule",
  "override",
  "escalation_policy",
  "team_channels",
  "service",
  "user",
  "key",
  "webhook",
  "routing_rules",
  "silence",
  "heartbeat",
  "integration",
  "dead_letter",
] as const;
export type AuditedResource = (typeof auditedResources)[number];

/** Something configured, as it may be shown: in the API's spelling, without secrets. */
export type AuditedView = Readonly<Record<string, unknown>>;

/** Who changes something, and by what. */
export interface Acting {
  /** The key's name, or what somebody says of themselves; null where nobody is asked. */
  readonly actor: string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly requestId: string | null;
}

/** What became of one thing that is configured. */
export interface AuditedChange {
  readonly resource: AuditedResource;
  /** Team, name, address or id: what it goes by in the API. */
  readonly resourceId: string;
  /** Null: it is new. */
  readonly before: AuditedView | null;
  /** Null: it is gone. */
  readonly after: AuditedView | null;
}

/** `at` is epoch milliseconds. */
export interface AuditEntry extends Acting, AuditedChange {
  /** `aud_` and a ULID. */
  readonly id: string;
  readonly at: number;
}

/** A value of the domain in the API's spelling, as much of it as an entry holds. */
export function viewOf(value: object): AuditedView {
  return bounded(spelled(value) as AuditedView);
}

/** `handoffTime` is `handoff_time`, and times are RFC 3339. */
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

/** What would weigh too much is told by its size. */
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

/** As much of a secret as tells two of them apart. */
export function masked(secret: string): string {
  return `…${secret.slice(-4)}`;
}
