/** One check of the repository. */
export interface Check {
  readonly name: string;
  run(root: string): Promise<Outcome>;
}

export interface Outcome {
  /** What is wrong, a fault each; none: it holds. */
  readonly faults: readonly string[];
  /** Why it was not done here: what it needs is missing. */
  readonly skipped?: string;
  /** What to show to who asks for more. */
  readonly details?: () => string;
}
