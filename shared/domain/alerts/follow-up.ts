import type { Person } from "../person.ts";
import type { Severity } from "../severity.ts";
import type { Alert } from "./alert.ts";

/**
 * A change to the incident of a dedup key. It waits in the queue of that key's alerts, so it finds the
 * incident even if it directly follows the opening alert.
 */
export interface FollowUp {
  /**
   * Identifies the incident as an alert would and is routed by the same rules. It is neither counted nor
   * recorded.
   */
  readonly alert: Alert;
  readonly actor: string | null;
  readonly note: string | null;
  readonly severity?: Severity | undefined;
  readonly assignedTo?: Person | undefined;
  /** Pages the next level of the escalation policy. */
  readonly escalate?: boolean | undefined;
  /** End of a snooze, in epoch milliseconds. */
  readonly snoozeUntil?: number | undefined;
  /** Opens an acknowledged incident again. */
  readonly unacknowledge?: boolean | undefined;
}

/** A message of the alert queue. */
export type AlertMessage = { readonly alert: Alert } | { readonly followUp: FollowUp };
