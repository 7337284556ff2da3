/** High pages by the escalation policy. Low notifies once, and waits. */
export const urgencies = ["high", "low"] as const;
export type Urgency = (typeof urgencies)[number];
