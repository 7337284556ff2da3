/** One-click actions of a responder, and the status that each leads to. */
export const statusAfter = { acknowledge: "acknowledged", resolve: "resolved" } as const;
export type IncidentAction = keyof typeof statusAfter;

/**
 * Outcome of an action: done by this responder, or already by an earlier one. Answered: it is acknowledged, and
 * the responder has answered a request for help. Too late: the incident is resolved and cannot be acknowledged.
 */
export type ActionOutcome = "done" | "answered" | "already" | "too_late";

/** Actions of the buttons below a message in a chat. */
export const chatActions = ["acknowledge", "resolve", "escalate"] as const;
export type ChatAction = (typeof chatActions)[number];
