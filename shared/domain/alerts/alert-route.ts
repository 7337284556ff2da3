import type { UrgencySetting } from "../incidents/urgency.ts";
import type { Severity } from "../severity.ts";

/** Flap detection settings. A flap is one open→resolve cycle. */
export interface FlapRule {
  readonly swings: number;
  readonly windowSeconds: number;
}

/** Results of the rules besides changed fields. */
export interface AlertRoute {
  /** Names of the matching rules. */
  readonly rules: readonly string[];
  readonly dropped?: true;
  /** Urgency of the incident that the alert opens. */
  readonly urgency?: UrgencySetting;
  /** `key` is equal for alerts of one group. */
  readonly group?: { readonly key: string; readonly windowSeconds: number };
  readonly inhibitedBy?: Severity;
  readonly flapping?: FlapRule;
  /** The fields that rules changed, as received. */
  readonly received?: ReceivedFields;
}

/** Absent fields are unchanged. */
export interface ReceivedFields {
  readonly service?: string;
  readonly severity?: Severity;
  readonly dedupKey?: string | null;
  /** Null if the sender named no team. */
  readonly team?: string | null;
}
