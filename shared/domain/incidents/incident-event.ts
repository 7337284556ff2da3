import type { LabelChanges } from "../alerts/label-edit.ts";
import type { Recipient } from "../oncall/escalation.ts";
import type { Person } from "../person.ts";
import type { Severity } from "../severity.ts";
import type { Urgency } from "./urgency-level.ts";

export type IncidentEventBody =
  | { readonly type: "opened"; readonly severity: Severity; readonly source: string }
  | { readonly type: "severity_changed"; readonly from: Severity; readonly to: Severity }
  | { readonly type: "title_changed"; readonly from: string; readonly to: string }
  | { readonly type: "assigned"; readonly to: Person | null }
  | { readonly type: "acknowledged" }
  | { readonly type: "resolved" }
  /** A person added a note. Timelines contain the note itself. */
  | { readonly type: "noted"; readonly noteId: string }
  | ({ readonly type: "paging"; readonly team: string } & Paging & RoundCause)
  | ({
      readonly type: "escalated";
      readonly team: string;
      /** True for a manual escalation, which is done regardless of the status; false for a timed one. */
      readonly manual: boolean;
      readonly reason: string | null;
    } & Paging)
  | { readonly type: "escalation_exhausted"; readonly team: string }
  | ({
      readonly type: "coverage_gap";
      readonly team: string;
      readonly recipients: readonly Recipient[];
      readonly urgency?: LowUrgency;
      /** Pass in which no one was reached; 1 if absent. */
      readonly pass?: number;
    } & RoundCause)
  /** `until` is in epoch milliseconds. */
  | { readonly type: "snoozed"; readonly until: number }
  /** An acknowledged or resolved incident is open again. */
  | { readonly type: "reopened"; readonly from: "acknowledged" | "resolved"; readonly cause: ReopenCause }
  /** The incident was merged into another. */
  | { readonly type: "merged"; readonly into: IncidentReference }
  /** Another incident was merged into this one. */
  | { readonly type: "merged_from"; readonly from: IncidentReference; readonly alertCount: number }
  | {
      readonly type: "responders_requested";
      readonly recipients: readonly Recipient[];
      readonly message: string | null;
    }
  /** A responder, who is the actor, answered. */
  | { readonly type: "responder_answered"; readonly responder: Person }
  | { readonly type: "moved"; readonly from: Owner; readonly to: Owner }
  | { readonly type: "description_changed" }
  /** Labels of the first alert were edited. */
  | { readonly type: "labels_changed"; readonly labels: LabelChanges }
  | {
      readonly type: "urgency_changed";
      readonly from: Urgency;
      readonly to: Urgency;
      readonly cause: UrgencyCause;
    };

export const reopenCauses = ["person", "snooze_ended", "acknowledgement_expired", "moved"] as const;
export type ReopenCause = (typeof reopenCauses)[number];

export const urgencyCauses = ["person", "severity", "hours", "moved"] as const;
export type UrgencyCause = (typeof urgencyCauses)[number];

interface IncidentReference {
  readonly id: string;
  readonly number: number;
}

export interface Owner {
  readonly service: string;
  readonly team: string;
}

interface RoundCause {
  /** Reason of a round that is not the first of its incident. */
  readonly cause?: ReopenCause;
}

/** The people paged, the position in the policy, and the time of the next step (epoch milliseconds). */
interface Paging {
  readonly level: number;
  readonly pass: number;
  /** Pass with which the round began; 1 if absent. */
  readonly firstPass?: number;
  readonly recipients: readonly Recipient[];
  readonly nextAt: number | null;
  /** Names of the people that the next step pages, as planned by this one; none for the fallback address. */
  readonly next?: readonly string[];
  readonly urgency?: LowUrgency;
}

/** Set if people are notified by their rules for low urgency. */
type LowUrgency = Urgency & "low";

/** An event of an incident, for its timeline and for the rest of the platform. */
export type IncidentEvent = {
  /** `evt_` and a ULID. */
  readonly id: string;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Person or key that caused the event; null for the platform. */
  readonly actor: string | null;
  /** Channel in which the actor answered, such as `SMS`. */
  readonly via?: string;
} & IncidentEventBody;

/** A person's note on an incident. */
export interface Note {
  /** `nte_` and a ULID. */
  readonly id: string;
  readonly incidentId: string;
  readonly author: string | null;
  readonly content: string;
  readonly createdAt: number;
  /** Message of a chat in whose thread it was written, such as `C0PAYMENTS:1.5`. */
  readonly thread?: string | undefined;
}
