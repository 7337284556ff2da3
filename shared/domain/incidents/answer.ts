/** What somebody answers to a page with one press, and the status that it leads to. */
export const statusAfter = { acknowledge: "acknowledged", resolve: "resolved" } as const;
export type Answer = keyof typeof statusAfter;

/** Whether this answer did it, or an earlier one; too late: it is resolved and can't be acknowledged. */
export type AnswerOutcome = "done" | "already" | "too_late";
