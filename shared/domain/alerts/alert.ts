import type { Severity } from "../severity.ts";
import type { AlertRoute } from "./routing.ts";

export const alertActions = ["trigger", "acknowledge", "resolve"] as const;
export type AlertAction = (typeof alertActions)[number];

export const alertOutcomes = ["new_incident", "existing_incident", "suppressed", "dropped"] as const;
export type AlertOutcome = (typeof alertOutcomes)[number];

/** What a monitoring system said, as accepted. Times are epoch milliseconds. */
export interface Alert {
  /** `alt_` and a ULID, so ids sort by the time of receipt. */
  readonly id: string;
  readonly service: string;
  readonly severity: Severity;
  readonly message: string;
  readonly source: string;
  readonly labels: Readonly<Record<string, string | number | boolean>>;
  readonly dedupKey: string | null;
  readonly action: AlertAction;
  /** When it happened, by the sender's clock. */
  readonly timestamp: number;
  /** When it was accepted, by ours; correlation goes by this one. */
  readonly receivedAt: number;
  /** The team that it goes to, whoever owns its service. */
  readonly team?: string;
  /** What routing rules made of it, once they were asked and one was met. */
  readonly route?: AlertRoute;
  /** Under which key it was held back, where it is sent again because nothing holds it back any more. */
  readonly heldAs?: string;
  /** When what it says began, told by a sender that says it again as long as it lasts. */
  readonly startsAt?: number | undefined;
  /** When it is over unless it is sent again until then; absent: when somebody says so. */
  readonly endsAt?: number | undefined;
}

/** An alert on its way in; without a timestamp it happened when it arrived. */
export type AlertDraft = Omit<Alert, "id" | "receivedAt" | "timestamp"> & {
  readonly timestamp: number | null;
  /** That of an earlier try to send it, so that it is seen to come again; a fresh one unless given. */
  readonly id?: string | undefined;
};

export const suppressorKinds = ["silence", "incident"] as const;

/** What keeps an alert from opening an incident: a silence, or an incident that is worse. */
export interface Suppressor {
  readonly kind: (typeof suppressorKinds)[number];
  readonly id: string;
}

/** An alert and what correlation made of it. */
export interface RecordedAlert extends Alert {
  readonly outcome: AlertOutcome;
  readonly incidentId: string | null;
  /** Of one that is suppressed. */
  readonly suppressedBy?: Suppressor;
}
