interface TimerOf<Kind extends string> {
  readonly kind: Kind;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** A delayed step of an incident. An incident has at most one timer of each kind. */
export type Timer =
  | TimerOf<"auto_resolve">
  /** The step after this position of the policy. */
  | (TimerOf<"escalation"> & { readonly level: number; readonly pass: number });
