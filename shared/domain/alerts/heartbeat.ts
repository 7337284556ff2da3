/** Something that says regularly that it is alive: when it stops saying so, that is an alert. */

import type { Severity } from "../severity.ts";
import type { AlertAction, AlertDraft } from "./alert.ts";
import { dueInstant } from "./held-alert.ts";
import type { Gap } from "./listening.ts";

/** Times are epoch milliseconds. */
export interface Heartbeat {
  /** `hbt_` and a ULID. */
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Who is told; null: whoever owns the service. */
  readonly team: string | null;
  readonly severity: Severity;
  readonly intervalSeconds: number;
  /** How much later than that a beat may come. */
  readonly graceSeconds: number;
  /** What the key begins with, for people to tell it by. */
  readonly keyPrefix: string;
  /** SHA-256 of the key, in hex; the key itself is stored nowhere. */
  readonly keyDigest: string;
  readonly createdAt: number;
  readonly version: number;
}

/** Something to be told that is not sent yet, or perhaps is. */
export interface Notice {
  readonly action: Extract<AlertAction, "trigger" | "resolve">;
  readonly at: number;
}

/** What a beat changes: small, and apart from the rest. */
export interface Pulse {
  readonly heartbeatId: string;
  readonly keyDigest: string;
  /** Interval and grace. */
  readonly patienceSeconds: number;
  readonly graceSeconds: number;
  /** Null until the first. */
  readonly lastBeatAt: number | null;
  /** Since when a beat is overdue, once that was noticed. */
  readonly missingSince: number | null;
  /** In their order. */
  readonly notices: readonly Notice[];
  /** When to look at it, or earlier than that; null for never. */
  readonly wakeAt: number | null;
  readonly version: number;
}

export const heartbeatStates = ["waiting", "ok", "missing"] as const;
export type HeartbeatState = (typeof heartbeatStates)[number];

/** Distance from the interval that a beat may have, besides the grace. */
const maxToleranceMs = 300_000;

/** Intervals up to this one are waited for once more after any gap: a stop is noticed soon all the same. */
const shortIntervalMs = 300_000;

/**
 * Computes when the next beat is overdue; null while none has come.
 * A beat that may have come during a gap counts as lost: the one after it is waited for, from the end of the gap.
 * A gap shorter than the grace does not hide a daily job that has stopped for another day.
 */
export function overdueAt(
  { lastBeatAt, patienceSeconds, graceSeconds }: Pulse,
  gaps: readonly Gap[],
): number | null {
  if (lastBeatAt === null) return null;
  const patienceMs = patienceSeconds * 1_000;
  const graceMs = graceSeconds * 1_000;
  const intervalMs = patienceMs - graceMs;
  const toleranceMs = Math.max(graceMs, Math.min(intervalMs / 2, maxToleranceMs));
  let earliest = Math.max(lastBeatAt, lastBeatAt + intervalMs - toleranceMs);
  let latest = lastBeatAt + patienceMs;
  for (const { from, to } of gaps) {
    if (from > latest || to < earliest) continue;
    if (to - from < graceMs && intervalMs > shortIntervalMs) continue;
    earliest = to;
    latest = to + patienceMs + toleranceMs;
  }
  return latest;
}

/** What is the case, whether it was noticed already or not. */
export function heartbeatState(
  pulse: Pulse,
  gaps: readonly Gap[],
  now: number,
): { readonly state: HeartbeatState; readonly missingSince: number | null } {
  const overdue = overdueAt(pulse, gaps);
  if (overdue === null) return { state: "waiting", missingSince: null };
  const missingSince = pulse.missingSince ?? (overdue <= now ? overdue : null);
  return { state: missingSince === null ? "ok" : "missing", missingSince };
}

/** A beat. When to wake stays as it is, as a rule: moving it costs more than waking once too often. */
export function beat(pulse: Pulse, now: number): Pulse {
  const next = { ...pulse, lastBeatAt: Math.max(now, pulse.lastBeatAt ?? now), missingSince: null };
  if (pulse.missingSince !== null)
    return { ...next, notices: [...pulse.notices, { action: "resolve", at: now }], wakeAt: now };
  return { ...next, wakeAt: pulse.wakeAt ?? overdueAt(next, []) };
}

/** What is found on waking: that it beats, or that it has stopped. */
export function watch(pulse: Pulse, gaps: readonly Gap[], now: number): Pulse {
  const overdue = overdueAt(pulse, gaps);
  if (overdue === null || overdue > now || pulse.missingSince !== null) return { ...pulse, wakeAt: overdue };
  const notice = { action: "trigger", at: dueInstant(overdue, now) } as const;
  return { ...pulse, missingSince: overdue, notices: [...pulse.notices, notice], wakeAt: overdue };
}

/** All that was to be told is told. */
export function told(pulse: Pulse): Pulse {
  return { ...pulse, notices: [], wakeAt: pulse.missingSince === null ? overdueAt(pulse, []) : null };
}

/** The same with another patience, from now on. */
export function withPatience(pulse: Pulse, patience: Pick<Pulse, "patienceSeconds" | "graceSeconds">): Pulse {
  const next = { ...pulse, ...patience };
  const settled = next.notices.length === 0 && next.missingSince === null;
  return settled ? { ...next, wakeAt: overdueAt(next, []) } : next;
}

export function heartbeatAlert(heartbeat: Heartbeat, { action, at }: Notice): AlertDraft {
  const { id, name, service, team, severity, intervalSeconds } = heartbeat;
  const message =
    action === "trigger"
      ? `${name} has not been heard of: it should say every ${intervalSeconds} s that it is alive`
      : `${name} is heard of again`;
  return {
    service,
    severity,
    message,
    source: "heartbeat",
    labels: { heartbeat: name },
    dedupKey: `heartbeat/${id}`,
    action,
    timestamp: at,
    ...(team !== null && { team }),
  };
}
