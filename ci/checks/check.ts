/** One check of the repository. */
export interface Check {
  readonly name: string;
  run(root: string): Promise<Outcome>;
}

export interface Outcome {
  /** What is wrong, a fault each; none: it holds. */
  readonly faults: readonly string[];
  /** What to show to who asks for more. */
  readonly details?: () => string;
}
