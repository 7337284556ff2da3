import type { Reached } from "../oncall/escalation.ts";
import type { Severity } from "../severity.ts";
import type { Person } from "./incident.ts";

export type IncidentEventBody =
  | { readonly type: "opened"; readonly severity: Severity; readonly source: string }
  | { readonly type: "severity_changed"; readonly from: Severity; readonly to: Severity }
  | { readonly type: "title_changed"; readonly from: string; readonly to: string }
  | { readonly type: "assigned"; readonly to: Person | null }
  | { readonly type: "acknowledged" }
  | { readonly type: "resolved" }
  /** Somebody remarked on it. Timelines have the note itself. */
  | { readonly type: "noted"; readonly noteId: string }
  | ({ readonly type: "paging"; readonly team: string } & Paging)
  | ({
      readonly type: "escalated";
      readonly team: string;
      /** Whether somebody did it rather than the time that passed; then it is done whatever the status. */
      readonly byHand: boolean;
      readonly reason: string | null;
    } & Paging)
  | { readonly type: "escalation_exhausted"; readonly team: string }
  | { readonly type: "coverage_gap"; readonly team: string; readonly recipients: readonly Reached[] };

/** Who is paged, at which place of the policy, and when (epoch milliseconds) the next step is due. */
interface Paging {
  readonly level: number;
  readonly pass: number;
  readonly recipients: readonly Reached[];
  readonly nextAt: number | null;
}

/** Something that happened to an incident: its timeline, and what the rest of the platform hears. */
export type IncidentEvent = {
  /** `evt_` and a ULID. */
  readonly id: string;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who did it; null for nobody in particular. */
  readonly actor: string | null;
} & IncidentEventBody;

/** A remark of a person on an incident. */
export interface Note {
  /** `nte_` and a ULID. */
  readonly id: string;
  readonly incidentId: string;
  readonly author: string | null;
  readonly content: string;
  readonly createdAt: number;
}
