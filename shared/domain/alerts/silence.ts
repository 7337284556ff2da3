/** Silences: alerts that are expected for a time, once or in recurring windows. */

import { dutyAt, type Restriction } from "../oncall/restriction.ts";
import { type Matchable, type Matcher, matchesAll } from "./matcher.ts";

/** Times are epoch milliseconds. */
export interface Silence {
  /** `sil_` and a ULID. */
  readonly id: string;
  readonly matchers: readonly Matcher[];
  /** Active in [startsAt, endsAt), or in the maintenance windows in it. */
  readonly startsAt: number;
  readonly endsAt: number;
  /** Original end, if the silence was ended early; otherwise null. */
  readonly plannedEnd: number | null;
  /** Recurring local hours in which the silence is active; null for the whole time. */
  readonly windows: { readonly timezone: string; readonly hours: readonly Restriction[] } | null;
  readonly createdBy: string | null;
  /** Reason for the silence. */
  readonly comment: string;
  readonly createdAt: number;
  readonly version: number;
}

export const silenceStates = ["pending", "active", "expired"] as const;
type SilenceState = (typeof silenceStates)[number];

/** Returns the only service that a silence can match; undefined if it can match others. */
export function serviceSilenced(matchers: readonly Matcher[]): string | undefined {
  return matchers.find(({ field, op }) => field === "service" && op === "=")?.value;
}

/** Returns the time until which it stays active without a break, at least; null if it is not active. */
export function inForceUntil({ startsAt, endsAt, windows }: Silence, at: number): number | null {
  if (at < startsAt || at >= endsAt) return null;
  if (windows === null) return endsAt;
  const { onDuty, end } = dutyAt(windows.hours, windows.timezone, at);
  return onDuty ? Math.min(end, endsAt) : null;
}

/** Returns its next periods of activity, the current one included. */
export function activePeriods(
  { startsAt, endsAt, windows }: Pick<Silence, "startsAt" | "endsAt" | "windows">,
  from: number,
  count: number,
): readonly { readonly start: number; readonly end: number }[] {
  const periods: { start: number; end: number }[] = [];
  let at = Math.max(from, startsAt);
  while (at < endsAt && periods.length < count) {
    const { onDuty, start, end } = dutyAt(windows?.hours ?? [], windows?.timezone ?? "UTC", at);
    if (onDuty) periods.push({ start: Math.max(start, startsAt), end: Math.min(end, endsAt) });
    at = end;
  }
  return periods;
}

/** Returns the state of a silence. Between maintenance windows it is pending. */
export function silenceState(silence: Silence, at: number): SilenceState {
  if (at >= silence.endsAt) return "expired";
  return inForceUntil(silence, at) === null ? "pending" : "active";
}

/** Ends a silence now. One that has not started ends at its start, and an expired one stays unchanged. */
export function silenceEndedAt(silence: Silence, at: number): Silence {
  const { startsAt, endsAt, plannedEnd } = silence;
  if (at >= endsAt) return silence;
  return { ...silence, endsAt: Math.max(startsAt, at), plannedEnd: plannedEnd ?? endsAt };
}

/** Returns the active silence that matches an alert and lasts longest. */
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
