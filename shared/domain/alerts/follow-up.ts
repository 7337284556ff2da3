import type { Severity } from "../severity.ts";
import type { Alert } from "./alert.ts";
import type { LabelEdit } from "./label-edit.ts";

/** A change to an incident. Absent or null parts stay unchanged. */
export interface FollowUpChange {
  readonly actor: string | null;
  readonly note: string | null;
  readonly severity?: Severity | undefined;
  /** Message of its first alert, and title of the incident. */
  readonly message?: string | undefined;
  readonly description?: string | undefined;
  /** Change of the labels of its first alert. */
  readonly labels?: LabelEdit | undefined;
  /** Name or email of a person. A note says so if there is no such person. */
  readonly assignedTo?: string | undefined;
  /** Pages the next level of the escalation policy. */
  readonly escalate?: boolean | undefined;
  /** End of a snooze, in epoch milliseconds. */
  readonly snoozeUntil?: number | undefined;
  /** Opens an acknowledged incident again. */
  readonly unacknowledge?: boolean | undefined;
}

/**
 * A change to the incident of a dedup key. It waits in the queue of that key's alerts, so it finds the
 * incident even if it directly follows the opening alert.
 */
export interface FollowUp extends FollowUpChange {
  /**
   * Identifies the incident as an alert would and is routed by the same rules. It is neither counted nor
   * recorded.
   */
  readonly alert: Alert;
}

/** A message of the alert queue. */
export type AlertMessage = { readonly alert: Alert } | { readonly followUp: FollowUp };
