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
  /** `key` is equal for alerts of one group. */
  readonly group?: { readonly key: string; readonly windowSeconds: number };
  readonly inhibitedBy?: Severity;
  readonly flapping?: FlapRule;
}
