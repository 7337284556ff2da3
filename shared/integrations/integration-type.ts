/**
 * What each type of integration is: the paths that its clients know, and what it makes of a request there.
 *
 * A type is one file that exports one of these, one line in `registry.ts`, one example in `examples/` and one row of
 * docs/integrations.md.
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
  /** For people: `PagerDuty Events`. */
  readonly title: string;
  /** Where a client is to be pointed, from the platform's root; `{key}` stands for the integration's key. */
  readonly url: string;
  /** How its client is set up, to be copied: `{url}` and `{key}` stand for the integration's. Absent: these say it all. */
  readonly setUp?: string;
  /** The first that fits answers. */
  readonly routes: readonly Route[];
  /** An error as the foreign system tells it. */
  readonly refuse: Refuse;
  /** Start of the client's paths, like `/v2/`: a path below it that nothing answers is refused like this type's own. */
  readonly root?: string;
  /** What is told at creation besides; nothing unless given. Names with secret, token or password in them are never shown. */
  readonly settings?: z.ZodObject;
  /** How often each key may be used a minute; as often as it likes unless given. */
  readonly requestsPerMinute?: number;
}

export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /**
   * Without a slash at its end; `{name}` stands for at least a character, slashes too. It holds from the platform's
   * root if `key` finds one there, and below `/integrations/{key}` in any case; empty: `/integrations/{key}` itself.
   */
  readonly path: string;
  /** The key that a request at the root carries. Absent: the path is none of the root's. */
  readonly key?: (inbound: Inbound) => string | undefined;
  /**
   * What is thrown leaves by `refuse`, and is kept with the integration's errors.
   * @throws Invalid for what is not understood; any other error of the domain
   */
  readonly answer: (inbound: Inbound, desk: Desk) => Promise<Reply>;
  /** Where this path tells errors otherwise than the type. */
  readonly refuse?: Refuse;
}

export type Refuse = (refusal: Refusal) => Reply;

/** A request, as it came. */
export interface Inbound {
  readonly method: string;
  /** What the route's `{name}`s stand for, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  /** At most `limits.bodyBytes`. */
  readonly body: string;
  /**
   * The body as JSON whatever its Content-Type says; undefined for an empty one.
   * @throws Unreadable, or Invalid for one that nests too deeply
   */
  readonly json: () => unknown;
}

export interface Reply {
  readonly status: number;
  /** A text as it is, null for none, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why somebody is not served. */
export interface Refusal {
  /** As it leaves elsewhere: 400 unreadable, 401 no such key, 404, 405, 413, 422 not understood, 429, 503, 500. */
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What is wrong where; at most `limits.faultsPerReply`. */
  readonly faults: readonly Fault[];
  readonly requestId: string;
}

/** Something that happened, in the platform's words; what is longer than the platform's limits is cut. */
export interface MonitoringEvent {
  readonly action: AlertAction;
  /** Empty: there was nothing to say. */
  readonly message: string;
  /** Text below the message. It describes the incident and is no part of its title. */
  readonly details?: string | undefined;
  readonly severity: Severity;
  /** The client's own; null: it has none. Too long a one is stored by its hash. */
  readonly dedupKey: string | null;
  /** What is neither text, number nor boolean becomes JSON; null and undefined are left out. */
  readonly labels?: Readonly<Record<string, unknown>>;
  /** The type's title unless given. */
  readonly source?: string | undefined;
  /** When it happened, epoch milliseconds; now unless given. */
  readonly timestamp?: number | undefined;
  /** Names it to its sender: what comes again by the same name within a day is taken once. At a read and a write each. */
  readonly eventId?: string | undefined;
  /** When it began, epoch milliseconds, of a client that says it again as long as it lasts: it never undoes a resolve. */
  readonly startsAt?: number | undefined;
  /** When it is over unless said again until then, epoch milliseconds; never unless given. */
  readonly endsAt?: number | undefined;
  /** The integration's unless given; only for types whose clients are told to say so. */
  readonly service?: string | undefined;
}

/** Something that was changed on purpose: a deployment, a setting. */
export interface ChangeDraft {
  readonly summary: string;
  readonly source: string | null;
  /** Epoch milliseconds; now unless given. */
  readonly timestamp?: number | undefined;
  readonly links?: readonly { readonly href: string; readonly text: string | null }[];
  readonly details?: Readonly<Record<string, unknown>>;
}

/** `=~` and `!~` take a regular expression that has to match all of a label's value. */
export interface LabelMatcher {
  readonly name: string;
  readonly op: "=" | "!=" | "=~" | "!~";
  readonly value: string;
}

/** That alerts of an integration are expected for a while. Times are epoch milliseconds. */
export interface ClientSilence {
  readonly id: string;
  /** All have to hold. */
  readonly matchers: readonly LabelMatcher[];
  readonly startsAt: number;
  readonly endsAt: number;
  readonly updatedAt: number;
  readonly createdBy: string | null;
  readonly comment: string;
  readonly state: "pending" | "active" | "expired";
}

/** Silences of this integration's alerts, and of nobody else's. */
export interface SilenceDesk {
  /** In force, to come, and those that ended lately. */
  list(): Promise<readonly ClientSilence[]>;
  /** @returns its id @throws Invalid, or Conflict when there are too many */
  create(draft: Omit<ClientSilence, "id" | "updatedAt" | "state">): Promise<string>;
  /** One that is over stays as it is. @throws NotFound */
  end(id: string): Promise<void>;
}

/** A change to an incident; absent or null parts stay as they are. */
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
  /** Epoch milliseconds; null until the first. */
  readonly lastBeatAt: number | null;
}

export interface HeartbeatPings {
  list(): Promise<readonly HeartbeatReport[]>;
  /** Records a beat of the heartbeat of a name. @returns whether there is one */
  ping(name: string): Promise<boolean>;
}

export interface Patterns {
  /** Tells what is wrong with a pattern; null for nothing. */
  fault(pattern: string): string | null;
  matches(pattern: string, text: string): boolean;
}

/** What a type can do for the integration at hand. */
export interface Desk {
  readonly integration: Integration;
  /** Epoch milliseconds. */
  readonly now: number;
  /** A fresh ULID of now. */
  readonly ulid: () => string;
  /** In hex. */
  readonly sha256: (text: string) => string;
  /**
   * Takes events in, in their order: they are stored when it returns.
   * @returns the id of the alert that each became
   * @throws Unavailable when not all could be stored; sending them again is right
   */
  take(events: readonly MonitoringEvent[]): Promise<readonly string[]>;
  noteChange(change: ChangeDraft): Promise<void>;
  /**
   * Queues a change to the incident of a dedup key, behind the events of that key that were taken before.
   * Without an incident by then it is dropped.
   *
   * @throws Unavailable when it could not be stored
   */
  followUp(dedupKey: string, change: IncidentFollowUp): Promise<void>;
  /** An alert that this integration sent, with the client's own dedup key; absent until it is correlated. */
  findAlert(id: string): Promise<RecordedAlert | undefined>;
  /** The incident that a dedup key of this integration went to last. */
  findIncident(dedupKey: string): Promise<Incident | undefined>;
  /** Incidents that this integration opened, with the client's own dedup keys, newest first, as far as a search reads. */
  incidents(wanted: {
    readonly statuses: readonly IncidentStatus[];
    readonly matches: (incident: Incident) => boolean;
    /** Minimum number of results; more may be returned. */
    readonly most: number;
  }): Promise<{
    readonly incidents: readonly Incident[];
    /** False when there may be more of them. */
    readonly isComplete: boolean;
  }>;
  /** The latest events and notes of an incident, oldest first. */
  history(
    incidentId: string,
  ): Promise<{ readonly events: readonly IncidentEvent[]; readonly notes: readonly Note[] }>;
  /** Heartbeats of the integration's service. */
  readonly heartbeats: HeartbeatPings;
  /** What this integration has open, with the client's own dedup keys, newest first; at most `limits.pageSize`. */
  firing(): Promise<readonly Incident[]>;
  /** Keeps a text of at most 4 KiB under a name for so long: for the ids that a client asks after. */
  remember(name: string, text: string, forSeconds: number): Promise<void>;
  recall(name: string): Promise<string | undefined>;
  /**
   * Asks a URL over https, not in private networks; whoever calls it has checked the host.
   * @throws TemporaryFailure or PermanentFailure
   */
  fetch(url: string): Promise<{ readonly status: number; readonly body: string }>;
  /** Regular expressions of RE2 that have to match a whole text; what reads them is too heavy for every type's bundle. */
  readonly patterns: Patterns;
  /** Tells if all of them hold for an alert without labels: nothing may be silenced by these alone. */
  matchEverything(matchers: readonly LabelMatcher[]): boolean;
  /** Absent: nothing can be silenced. */
  readonly silences?: SilenceDesk | undefined;
  /**
   * Keeps a fault among the integration's errors where the request goes on all the same.
   * @param part what it is about; the whole body unless given
   */
  complain(message: string, part?: string): void;
}
