import { limits } from "../limits.ts";
import { formatInstant } from "../time.ts";

/**
 * Audited resources: configuration, messages that operators discard or send back, sessions that people open and end, and
 * requests that were denied. Incidents have their own timeline.
 */
export const auditedResources = [
  "schedule",
  "override",
  "escalation_policy",
  "readiness",
  "team_channels",
  "service",
  "user",
  "account",
  "push_devices",
  "group",
  "key",
  "webhook",
  "routing_rules",
  "silence",
  "heartbeat",
  "integration",
  "dead_letter",
  "roles",
  "session",
  "request",
] as const;
export type AuditedResource = (typeof auditedResources)[number];

export const auditEvents = ["change", "sign_in", "failed_sign_in", "sign_out", "denied"] as const;
export type AuditEvent = (typeof auditEvents)[number];

/**
 * Kinds of actors: a person who signed in at the identity provider, an API key, someone on a platform that requires no
 * sign-in, an account at a chat service, an integration, and a command that works on the table.
 */
export const actorKinds = ["person", "key", "local", "chat", "integration", "command"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** Displayable state of a configured resource: API field names, no secrets. */
export type AuditedView = Readonly<Record<string, unknown>>;

/** Someone who acts. */
export interface Actor {
  /** Name of the key, email of the person, or the name that they entered; null if they gave none. */
  readonly actor: string | null;
  /** Null in entries of releases that did not record it. */
  readonly actorKind: ActorKind | null;
  /** ID of the person at the identity provider; null for everyone else. */
  readonly subject: string | null;
}

/** Actor of an entry and the request it came with. */
export interface ActorContext extends Actor {
  /** Right that the request required; null if it required none. */
  readonly right: string | null;
  /** Address that the request came from; null without a request. */
  readonly ipAddress: string | null;
  readonly method: string | null;
  readonly path: string | null;
  readonly requestId: string | null;
}

/** Context of a command that works on the table. */
export function commandContext(actor: string): ActorContext {
  const request = { right: null, ipAddress: null, method: null, path: null, requestId: null };
  return { actor, actorKind: "command", subject: null, ...request };
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
  readonly event: AuditEvent;
  /** False for entries of releases without the chain. */
  readonly isChained: boolean;
}

/** An event that changes no configuration, and its actor if that is not the one of the request. */
export interface AccessEvent extends AuditedChange {
  readonly event: Exclude<AuditEvent, "change">;
  readonly by: Actor;
}

/** Describes how someone signed in or out. */
export type SignInMethod = "api_key" | "oidc";

/** @param formerEmail address that the person had at the sign-in before, if it has changed */
export function signInOf(by: Actor, method: SignInMethod, formerEmail: string | null = null): AccessEvent {
  const renamed = formerEmail === null ? {} : { former_email: formerEmail };
  return { event: "sign_in", by, ...session(by), after: { method, ...renamed } };
}

/** @param reason sentence without secrets */
export function failedSignInOf(by: Actor, method: SignInMethod, reason: string): AccessEvent {
  return { event: "failed_sign_in", by, ...session(by), after: { method, reason } };
}

export function signOutOf(by: Actor): AccessEvent {
  return { event: "sign_out", by, ...session(by), after: null };
}

function session({ actor, subject }: Actor) {
  return { resource: "session", resourceId: actor ?? subject ?? "unknown", before: null } as const;
}

/**
 * @param route method and path template of the request
 * @param details the permission that the caller lacks, and the channel of an answer
 */
export function denialOf(
  by: Actor,
  route: string,
  details: { readonly missing: object; readonly channel?: string },
): AccessEvent {
  return {
    event: "denied",
    by,
    resource: "request",
    resourceId: route,
    before: null,
    after: viewOf(details),
  };
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
