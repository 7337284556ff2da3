/** Rules of the times of overrides. */
import type { Subject } from "../access/decide.ts";
import { latestInstant } from "../time.ts";
import { hourMs } from "../time-units.ts";
import type { Override } from "./schedule.ts";

/** A range [start, end), in epoch milliseconds. */
type Times = Pick<Override, "start" | "end">;

/** Returns the times of an override that lasts some hours. */
export function lastingHours(start: number, hours: number): Times {
  return { start, end: start + hours * hourMs };
}

/** Returns the fault of a new override's end; undefined if there is none. */
export function faultOfEnd({ start, end }: Times, now: number): string | undefined {
  if (end <= start) return "must be after the start";
  if (end <= now) return "must not be in the past";
  return end > latestInstant ? "must be before the year 10000" : undefined;
}

/** Returns true if two ranges share a time. */
export function overlaps(one: Times, other: Times): boolean {
  return one.start < other.end && one.end > other.start;
}

export function isInForce({ start, end }: Times, at: number): boolean {
  return start <= at && at < end;
}

/** Returns the override as ended. An upcoming one ends at its start, and an expired one stays unchanged. */
export function endedAt(override: Override, at: number): Override {
  return { ...override, end: Math.min(override.end, Math.max(override.start, at)) };
}

/** Returns the thing that an override changes: shifts of the person who takes them over, and of the one who is replaced. */
export function subjectOfOverride({
  team,
  person,
  replaces,
}: Pick<Override, "team" | "person" | "replaces">): Subject {
  return { team, owners: replaces === null ? [person.email] : [person.email, replaces] };
}
