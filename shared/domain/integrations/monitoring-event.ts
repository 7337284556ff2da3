import type { AlertAction } from "../alerts/alert.ts";
import type { Severity } from "../severity.ts";

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
