/**
 * Definition of an integration type: the paths that its clients use, and the conversion of requests.
 *
 * A type is one file that exports a definition, one line in `registry.ts`, one example in `examples/`, and
 * one row in docs/integrations.md.
 */
import type * as z from "zod";
import type { AlertAction, RecordedAlert } from "../domain/alerts/alert.ts";
import type { Heartbeat, HeartbeatState } from "../domain/alerts/heartbeat.ts";
import type { Fault } from "../domain/errors.ts";
import type { Incident, IncidentStatus, Person } from "../domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../domain/incidents/incident-event.ts";
import type { Integration } from "../domain/integrations/integration.ts";
import type { Severity } from "../domain/severity.ts";

export interface IntegrationType {
  /** Display name, such as `PagerDuty Events`. */
  readonly title: string;
  /** Path for the client's configuration; `{key}` is a placeholder for the integration's key. */
  readonly url: string;
  /**
   * Client configuration to copy, with the placeholders `{url}` and `{key}`. Absent if these two are all a
   * client needs.
   */
  readonly setUp?: string;
  /** Routes in order of precedence. */
  readonly routes: readonly Route[];
  /** Formats an error like the emulated system. */
  readonly refuse: Refuse;
  /** Path prefix of the client, such as `/v2/`. Unknown paths below it get this type's error format. */
  readonly root?: string;
  /**
   * Additional settings for creation. Default: none. Settings with secret, token or password in their names
   * are never returned.
   */
  readonly settings?: z.ZodObject;
  /** Rate limit per key. Default: none. */
  readonly requestsPerMinute?: number;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /**
   * Path without a trailing slash. `{name}` matches one or more characters, including slashes. It applies at
   * the root if `key` finds a key in the request, and always below `/integrations/{key}`. Empty for
   * `/integrations/{key}` itself.
   */
  readonly path: string;
  /** Reads the key from a request at the root. Absent if the path is not available at the root. */
  readonly key?: (inbound: Inbound) => string | undefined;
  /**
   * Handles a request. Errors are formatted by `refuse` and stored with the integration's errors.
   * @throws Invalid for invalid input, or any other domain error
   */
  readonly answer: (inbound: Inbound, desk: Desk) => Promise<Reply>;
  /** Error format of this path, if different. */
  readonly refuse?: Refuse;
}

export type Refuse = (refusal: Refusal) => Reply;

/** An incoming request. */
export interface Inbound {
  readonly method: string;
  /** Decoded placeholder values of the route. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** Body of at most `limits.bodyBytes`. */
  readonly body: string;
  /**
   * Parses the body as JSON regardless of its Content-Type; undefined if it is empty.
   * @throws Unreadable, or Invalid if it is nested too deeply
   */
  readonly json: () => unknown;
}

export interface Reply {
  readonly status: number;
  /** Sent as is if it is a text, omitted if null, otherwise sent as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An error to format. */
export interface Refusal {
  /**
   * Status of the platform's own API: 400 unreadable, 401 no such key, 404, 405, 413, 422 invalid, 429, 503,
   * 500.
   */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Faults with their paths, at most `limits.faultsPerReply`. */
  readonly faults: readonly Fault[];
  readonly requestId: string;
}

/** An event in the platform's terms. Values over the platform's limits are truncated. */
export interface MonitoringEvent {
  readonly action: AlertAction;
  /** May be empty. */
  readonly message: string;
  /** Text below the message, used as the incident's description, not as part of its title. */
  readonly details?: string | undefined;
  readonly severity: Severity;
  /** The client's own key; null if there is none. A long key is stored as its hash. */
  readonly dedupKey: string | null;
  /** Values other than text, number or boolean become JSON. Null and undefined are dropped. */
  readonly labels?: Readonly<Record<string, unknown>>;
  /** Default: the type's title. */
  readonly source?: string | undefined;
  /** Time of the event, epoch milliseconds. Default: now. */
  readonly timestamp?: number | undefined;
  /** The sender's event ID for deduplication within a day. Costs one read and one write. */
  readonly eventId?: string | undefined;
  /**
   * Start of the problem, epoch milliseconds, for clients that repeat events while it lasts. A repeat never
   * reopens a resolved incident.
   */
  readonly startsAt?: number | undefined;
  /** Time of resolution unless repeated before, epoch milliseconds. Default: never. */
  readonly endsAt?: number | undefined;
  /** Default: the integration's service. Only for types whose clients may set it. */
  readonly service?: string | undefined;
}

/** A deliberate change, such as a deployment or a setting. */
export interface ChangeDraft {
  readonly summary: string;
  readonly source: string | null;
  /** Epoch milliseconds. Default: now. */
  readonly timestamp?: number | undefined;
  readonly links?: readonly { readonly href: string; readonly text: string | null }[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** `=~` and `!~` take a regular expression that must match the whole label value. */
export interface LabelMatcher {
  readonly name: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** A silence for alerts of an integration. Times are epoch milliseconds. */
export interface ClientSilence {
  readonly id: string;
  /** All must match. */
  readonly matchers: readonly LabelMatcher[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly updatedAt: number;
  readonly createdBy: string | null;
  readonly comment: string;
  readonly state: "pending" | "active" | "expired";
}

/** Silences of this integration's alerts only. */
export interface SilenceDesk {
  /** Lists current, upcoming and recently ended silences. */
  list(): Promise<readonly ClientSilence[]>;
  /** @returns its ID @throws Invalid, or Conflict if there are too many */
  create(draft: Omit<ClientSilence, "id" | "updatedAt" | "state">): Promise<string>;
  /** Ends a silence. An expired one stays unchanged. @throws NotFound */
  end(id: string): Promise<void>;
}

/** A change to an incident. Absent or null parts stay unchanged. */
export interface IncidentFollowUp {
  readonly actor: string | null;
  readonly note: string | null;
  readonly severity?: Severity | undefined;
  readonly assignedTo?: Person | undefined;
  /** Pages the next level of the escalation policy. */
  readonly escalate?: boolean | undefined;
}

export interface HeartbeatReport {
  readonly heartbeat: Heartbeat;
  readonly state: HeartbeatState;
  /** Epoch milliseconds; null before the first ping. */
  readonly lastBeatAt: number | null;
}

export interface HeartbeatPings {
  list(): Promise<readonly HeartbeatReport[]>;
  /** Records a ping by the monitor's name. @returns true if the monitor exists */
  ping(name: string): Promise<boolean>;
}

export interface Patterns {
  /** Returns what is wrong with a pattern; null if it is valid. */
  fault(pattern: string): string | null;
  matches(pattern: string, text: string): boolean;
}

/** Operations available to a type for the current integration. */
export interface Desk {
  readonly integration: Integration;
  /** Epoch milliseconds. */
  readonly now: number;
  /** Returns a new ULID. */
  readonly ulid: () => string;
  /** Returns a digest in hex. */
  readonly sha256: (text: string) => string;
  /**
   * Accepts events in order. They are stored when it returns.
   * @returns the ID of each alert
   * @throws Unavailable if not all could be stored; send them again
   */
  take(events: readonly MonitoringEvent[]): Promise<readonly string[]>;
  noteChange(change: ChangeDraft): Promise<void>;
  /**
   * Queues a change to the incident of a dedup key, behind the earlier events of that key. It is dropped if
   * there is no incident by then.
   *
   * @throws Unavailable if it could not be stored
   */
  followUp(dedupKey: string, change: IncidentFollowUp): Promise<void>;
  /**
   * Returns an alert of this integration with the client's own dedup key; undefined until it is correlated.
   */
  findAlert(id: string): Promise<RecordedAlert | undefined>;
  /** Returns the latest incident of a dedup key of this integration. */
  findIncident(dedupKey: string): Promise<Incident | undefined>;
  /**
   * Searches incidents opened by this integration, with the client's own dedup keys, newest first. The search
   * is bounded.
   */
  incidents(wanted: {
    readonly statuses: readonly IncidentStatus[];
    readonly matches: (incident: Incident) => boolean;
    /** Minimum number of results; more may be returned. */
    readonly most: number;
  }): Promise<{
    readonly incidents: readonly Incident[];
    /** False if there may be more. */
    readonly isComplete: boolean;
  }>;
  /** Returns the latest events and notes of an incident, oldest first. */
  history(
    incidentId: string,
  ): Promise<{ readonly events: readonly IncidentEvent[]; readonly notes: readonly Note[] }>;
  /** Heartbeat monitors of the integration's service. */
  readonly heartbeats: HeartbeatPings;
  /**
   * Returns this integration's open incidents with the client's own dedup keys, newest first, at most
   * `limits.pageSize`.
   */
  firing(): Promise<readonly Incident[]>;
  /**
   * Stores a text of up to 4 KiB under a name for a limited time, such as IDs that a client queries later.
   */
  remember(name: string, text: string, forSeconds: number): Promise<void>;
  recall(name: string): Promise<string | undefined>;
  /**
   * Fetches a URL over HTTPS, outside private networks. The caller must have checked the host.
   * @throws TemporaryFailure or PermanentFailure
   */
  fetch(url: string): Promise<{ readonly status: number; readonly body: string }>;
  /**
   * RE2 regular expressions that must match a whole text. Injected, because the library is too large for
   * every type's bundle.
   */
  readonly patterns: Patterns;
  /** Returns true if all match an alert without labels. Such matchers alone cannot be used for a silence. */
  matchEverything(matchers: readonly LabelMatcher[]): boolean;
  /** Absent if silences are not supported. */
  readonly silences?: SilenceDesk | undefined;
  /**
   * Records a fault in the integration's errors without rejecting the request.
   * @param part affected part of the body; default: the whole body
   */
  complain(message: string, part?: string): void;
}
