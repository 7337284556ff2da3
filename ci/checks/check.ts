/** A check of the repository. */
export interface Check {
  readonly name: string;
  run(root: string): Promise<Outcome>;
}

export interface Outcome {
  /** Faults found; empty if the check passes. */
  readonly faults: readonly string[];
  /** Reason for skipping: a missing tool. */
  readonly skipped?: string;
  /** Additional output for --verbose. */
  readonly details?: () => string;
}
