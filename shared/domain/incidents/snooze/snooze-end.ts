import { Invalid } from "../../errors.ts";
import { limits } from "../../limits.ts";

/** End of a snooze: epoch milliseconds, or 09:00 of the next Monday to Friday. */
export type SnoozeEnd = number | "next_working_morning";

/**
 * Returns the end of a requested snooze.
 *
 * @throws Invalid if it has passed, or is too far away
 */
export function snoozeEnd(
  { seconds, until }: { readonly seconds?: number | undefined; readonly until?: SnoozeEnd | undefined },
  now: number,
): SnoozeEnd {
  if (seconds !== undefined) return now + seconds * 1_000;
  if (until === undefined) throw new Invalid([{ path: "until", message: "is required" }]);
  if (until === "next_working_morning") return until;
  const refuse = (message: string) => new Invalid([{ path: "until", message }]);
  if (until <= now) throw refuse("must be later than now");
  if (until > now + limits.longestSnoozeSeconds * 1_000) throw refuse("must be at most 7 days from now");
  return until;
}
