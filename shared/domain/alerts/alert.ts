import type { Severity } from "../severity.ts";
import type { AlertRoute } from "./alert-route.ts";

export const alertActions = ["trigger", "acknowledge", "resolve"] as const;
export type AlertAction = (typeof alertActions)[number];

export const alertOutcomes = ["new_incident", "existing_incident", "suppressed", "dropped"] as const;
export type AlertOutcome = (typeof alertOutcomes)[number];

/** An alert as accepted from a monitoring system. Times are epoch milliseconds. */
export interface Alert {
  /** `alt_` and a ULID, so IDs sort by time of receipt. */
  readonly id: string;
  readonly service: string;
  readonly severity: Severity;
  readonly message: string;
  readonly source: string;
  readonly labels: Readonly<Record<string, string | number | boolean>>;
  readonly dedupKey: string | null;
  readonly action: AlertAction;
  /** Time of the event by the sender's clock. */
  readonly timestamp: number;
  /** Time of receipt by our clock. Correlation uses this one. */
  readonly receivedAt: number;
  /** Team that the alert is routed to, regardless of the owner of its service. */
  readonly team?: string;
  /** Result of the routing rules, if at least one matched. */
  readonly route?: AlertRoute;
  /** Key under which the alert was suppressed, if it is sent again after the suppression ended. */
  readonly suppressedAs?: string;
  /** Start of the problem, from senders that repeat an alert while it lasts. */
  readonly startsAt?: number | undefined;
  /**
   * Time at which the alert resolves unless it is sent again; absent if the sender resolves it explicitly.
   */
  readonly endsAt?: number | undefined;
}

/** An alert before it is accepted. Without a timestamp, the time of receipt is used. */
export type AlertDraft = Omit<Alert, "id" | "receivedAt" | "timestamp"> & {
  readonly timestamp: number | null;
  /** ID of an earlier attempt to send the alert, for deduplication. Default: a new one. */
  readonly id?: string | undefined;
};

export const suppressorKinds = ["silence", "incident"] as const;

/** A silence, or a more severe incident, that keeps an alert from opening an incident. */
export interface Suppressor {
  readonly kind: (typeof suppressorKinds)[number];
  readonly id: string;
}

/** An alert and its correlation outcome. */
export interface RecordedAlert extends Alert {
  readonly outcome: AlertOutcome;
  readonly incidentId: string | null;
  /** Set if the alert is or was suppressed. */
  readonly suppressedBy?: Suppressor;
  /** ID of the alert that was sent in its place when the suppression ended. */
  readonly releasedAs?: string;
}
