import type { Recipient } from "../oncall/escalation.ts";
import type { Person } from "../person.ts";
import type { Severity } from "../severity.ts";

export type IncidentEventBody =
  | { readonly type: "opened"; readonly severity: Severity; readonly source: string }
  | { readonly type: "severity_changed"; readonly from: Severity; readonly to: Severity }
  | { readonly type: "title_changed"; readonly from: string; readonly to: string }
  | { readonly type: "assigned"; readonly to: Person | null }
  | { readonly type: "acknowledged" }
  | { readonly type: "resolved" }
  /** A person added a note. Timelines contain the note itself. */
  | { readonly type: "noted"; readonly noteId: string }
  | ({ readonly type: "paging"; readonly team: string } & Paging)
  | ({
      readonly type: "escalated";
      readonly team: string;
      /** True for a manual escalation, which is done regardless of the status; false for a timed one. */
      readonly manual: boolean;
      readonly reason: string | null;
    } & Paging)
  | { readonly type: "escalation_exhausted"; readonly team: string }
  | { readonly type: "coverage_gap"; readonly team: string; readonly recipients: readonly Recipient[] };

/** The people paged, the position in the policy, and the time of the next step (epoch milliseconds). */
interface Paging {
  readonly level: number;
  readonly pass: number;
  readonly recipients: readonly Recipient[];
  readonly nextAt: number | null;
}

/** An event of an incident, for its timeline and for the rest of the platform. */
export type IncidentEvent = {
  /** `evt_` and a ULID. */
  readonly id: string;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Person or key that caused the event; null for the platform. */
  readonly actor: string | null;
} & IncidentEventBody;

/** A person's note on an incident. */
export interface Note {
  /** `nte_` and a ULID. */
  readonly id: string;
  readonly incidentId: string;
  readonly author: string | null;
  readonly content: string;
  readonly createdAt: number;
}
