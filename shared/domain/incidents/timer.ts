interface TimerOf<Kind extends string> {
  readonly kind: Kind;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** Something that is due for an incident later; an incident has one of each kind at most. */
export type Timer =
  | TimerOf<"auto_resolve">
  /** The step after this place of the policy. */
  | (TimerOf<"escalation"> & { readonly level: number; readonly pass: number });
