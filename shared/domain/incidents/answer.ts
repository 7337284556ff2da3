/** One-click actions of a responder, and the status that each leads to. */
export const statusAfter = { acknowledge: "acknowledged", resolve: "resolved" } as const;
export type Answer = keyof typeof statusAfter;

/**
 * Result of a responder's action: done by this one or already by an earlier one. Too late: the incident is
 * resolved and cannot be acknowledged.
 */
export type AnswerOutcome = "done" | "already" | "too_late";
