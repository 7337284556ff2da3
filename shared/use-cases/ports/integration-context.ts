/** Operations of the platform for a type of integration. */
import type { RecordedAlert } from "../../domain/alerts/alert.ts";
import type { FollowUpChange } from "../../domain/alerts/follow-up.ts";
import type { Heartbeat, HeartbeatState } from "../../domain/alerts/heartbeat.ts";
import type { Incident, IncidentStatus } from "../../domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../../domain/incidents/incident-event.ts";
import type { Integration } from "../../domain/integrations/integration.ts";
import type { ChangeDraft, MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";

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
export interface IntegrationSilences {
  /** Lists current, upcoming and recently ended silences. */
  list(): Promise<readonly ClientSilence[]>;
  /** @returns its ID @throws Invalid, or Conflict if there are too many */
  create(draft: Omit<ClientSilence, "id" | "updatedAt" | "state">): Promise<string>;
  /** Ends a silence. An expired one stays unchanged. @throws NotFound */
  end(id: string): Promise<void>;
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
  /** Returns the first group of the first match in a text, the whole match without groups. */
  find(pattern: string, text: string): string | undefined;
}

/** Operations available to a type for the current integration. */
export interface IntegrationContext {
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
  followUp(dedupKey: string, change: FollowUpChange): Promise<void>;
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
   * RE2 regular expressions; `matches` compares the whole text. Injected, because the library is too large for
   * every type's bundle.
   */
  readonly patterns: Patterns;
  /** Returns true if all match an alert without labels. Such matchers alone cannot be used for a silence. */
  matchEverything(matchers: readonly LabelMatcher[]): boolean;
  /** Absent if silences are not supported. */
  readonly silences?: IntegrationSilences | undefined;
  /**
   * Records a fault in the integration's errors without rejecting the request.
   * @param part affected part of the body; default: the whole body
   */
  warn(message: string, part?: string): void;
}
