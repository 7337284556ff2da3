import type { Person } from "../incidents/incident.ts";
import type { Severity } from "../severity.ts";
import type { Alert } from "./alert.ts";

/**
 * A change to the incident of a dedup key. It waits in the queue of that key's alerts, so that one that comes right
 * behind the alert that opens the incident finds it.
 */
export interface FollowUp {
  /** Names the incident as an alert would, and goes where rules send such an alert. It is neither counted nor recorded. */
  readonly alert: Alert;
  readonly actor: string | null;
  readonly note: string | null;
  readonly severity?: Severity | undefined;
  readonly assignedTo?: Person | undefined;
  /** Pages the next level of the escalation policy. */
  readonly escalate?: boolean | undefined;
}

/** One message of the alert queue. */
export type AlertMessage = { readonly alert: Alert } | { readonly followUp: FollowUp };
