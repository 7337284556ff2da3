/** Somebody says that alerts are expected for a while, once or again and again. */

import { dutyAt, type Restriction } from "../oncall/restriction.ts";
import { type Matchable, type Matcher, matchesAll } from "./matcher.ts";

/** Times are epoch milliseconds. */
export interface Silence {
  /** `sil_` and a ULID. */
  readonly id: string;
  readonly matchers: readonly Matcher[];
  /** In force in [startsAt, endsAt), or in the maintenance windows in it. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** When it was to end before somebody ended it; null: nobody did. */
  readonly plannedEnd: number | null;
  /** Hours of the day or week by the wall clock, of which any counts; null for the whole time. */
  readonly windows: { readonly timezone: string; readonly hours: readonly Restriction[] } | null;
  readonly createdBy: string | null;
  /** Why. */
  readonly comment: string;
  readonly createdAt: number;
  readonly version: number;
}

export const silenceStates = ["pending", "active", "expired"] as const;
export type SilenceState = (typeof silenceStates)[number];

/** Until when it is in force without a pause, at least; null when it is not. */
export function inForceUntil({ startsAt, endsAt, windows }: Silence, at: number): number | null {
  if (at < startsAt || at >= endsAt) return null;
  if (windows === null) return endsAt;
  const { onDuty, end } = dutyAt(windows.hours, windows.timezone, at);
  return onDuty ? Math.min(end, endsAt) : null;
}

/** Between its maintenance windows it is pending. */
export function silenceState(silence: Silence, at: number): SilenceState {
  if (at >= silence.endsAt) return "expired";
  return inForceUntil(silence, at) === null ? "pending" : "active";
}

/** Ended now: one that had not begun ends where it was to begin, one that was over stays as it was. */
export function silenceEndedAt(silence: Silence, at: number): Silence {
  const { startsAt, endsAt, plannedEnd } = silence;
  if (at >= endsAt) return silence;
  return { ...silence, endsAt: Math.max(startsAt, at), plannedEnd: plannedEnd ?? endsAt };
}

/** Of the silences that mean an alert and are in force, the one that is for longest. */
export function silenceOf(
  silences: readonly Silence[],
  alert: Matchable,
  at: number,
): { readonly silence: Silence; readonly until: number } | null {
  const inForce = silences.flatMap((silence) => {
    const until = inForceUntil(silence, at);
    return until !== null && matchesAll(silence.matchers, alert) ? [{ silence, until }] : [];
  });
  return inForce.toSorted((a, b) => b.until - a.until)[0] ?? null;
}
