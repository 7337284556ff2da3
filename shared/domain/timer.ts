/** Something that is due for an incident later. */
export interface Timer {
  readonly kind: "auto_resolve";
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}
