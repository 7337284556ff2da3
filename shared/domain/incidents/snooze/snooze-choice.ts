import type { SnoozeEnd } from "./snooze-end.ts";

/** Snoozes by one button. */
export const snoozeChoices = ["30m", "1h", "4h", "morning"] as const;
export type SnoozeChoice = (typeof snoozeChoices)[number];

export const snoozeNames: Readonly<Record<SnoozeChoice, string>> = {
  "30m": "30 minutes",
  "1h": "1 hour",
  "4h": "4 hours",
  morning: "until next working morning",
};

const seconds = { "30m": 1_800, "1h": 3_600, "4h": 14_400 } as const;

/** Returns the end of a snooze that begins now, in epoch milliseconds. */
export function chosenEnd(choice: SnoozeChoice, now: number): SnoozeEnd {
  return choice === "morning" ? "next_working_morning" : now + seconds[choice] * 1_000;
}
