/** Heartbeat monitors: an alert opens when expected pings stop. */

import type { Severity } from "../severity.ts";
import type { AlertAction, AlertDraft } from "./alert.ts";
import type { Gap } from "./downtime.ts";
import { dueInstant } from "./suppressed-alert.ts";

/** Times are epoch milliseconds. */
export interface Heartbeat {
  /** `hbt_` and a ULID. */
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Team to page; null for the owner of the service. */
  readonly team: string | null;
  readonly severity: Severity;
  readonly intervalSeconds: number;
  /** Additional time before a ping counts as missed. */
  readonly graceSeconds: number;
  /** True if missing pings are ignored for now. */
  readonly paused: boolean;
  /** First characters of the key, which identify it to people. */
  readonly keyPrefix: string;
  /** SHA-256 of the key, in hex. The key itself is not stored. */
  readonly keyDigest: string;
  readonly createdAt: number;
  /** Time of the last rotation of the key; null if it is the first one. */
  readonly rotatedAt: number | null;
  readonly version: number;
}

/** An alert to send that may or may not have been sent already. */
export interface Notice {
  readonly action: Extract<AlertAction, "trigger" | "resolve">;
  readonly at: number;
}

/** The state that a ping changes: small, and stored separately. */
export interface Pulse {
  readonly heartbeatId: string;
  readonly keyDigest: string;
  /** Interval plus grace. */
  readonly timeoutSeconds: number;
  readonly graceSeconds: number;
  /** True if missing pings are ignored for now. */
  readonly paused: boolean;
  /** Time of the last resumption, from which on pings are expected; null if it was never paused. */
  readonly resumedAt: number | null;
  /** Time of the last ping; null before the first. */
  readonly lastBeatAt: number | null;
  /** Time since which a ping is overdue, once that was detected. */
  readonly missingSince: number | null;
  /** Pending alerts, in order. */
  readonly notices: readonly Notice[];
  /** Time of the next check at the latest; null for none. */
  readonly wakeAt: number | null;
  readonly version: number;
}

export const heartbeatStates = ["waiting", "ok", "missing", "paused"] as const;
export type HeartbeatState = (typeof heartbeatStates)[number];

/** Maximum allowance added to the grace after a gap. */
const maxToleranceMs = 300_000;

/**
 * Monitors with intervals up to this one wait for one more interval after any gap. They still detect a stop
 * quickly.
 */
const shortIntervalMs = 300_000;

/**
 * Computes when the next ping is overdue; null before the first ping and while paused. A ping that may have been lost in a gap
 * is not counted as missed. The next one is then expected, counted from the end of the gap. A gap shorter
 * than the grace does not extend a daily job's deadline by a day.
 */
export function overdueAt(
  { lastBeatAt, timeoutSeconds, graceSeconds, paused, resumedAt }: Pulse,
  gaps: readonly Gap[],
): number | null {
  if (lastBeatAt === null || paused) return null;
  const expectedFrom = Math.max(lastBeatAt, resumedAt ?? 0);
  const timeoutMs = timeoutSeconds * 1_000;
  const graceMs = graceSeconds * 1_000;
  const intervalMs = timeoutMs - graceMs;
  const toleranceMs = Math.max(graceMs, Math.min(intervalMs / 2, maxToleranceMs));
  let earliest = Math.max(expectedFrom, expectedFrom + intervalMs - toleranceMs);
  let latest = expectedFrom + timeoutMs;
  for (const { from, to } of gaps) {
    if (from > latest || to < earliest) continue;
    if (to - from < graceMs && intervalMs > shortIntervalMs) continue;
    earliest = to;
    latest = to + timeoutMs + toleranceMs;
  }
  return latest;
}

/** Returns the actual state, whether it was already detected or not. */
export function heartbeatState(
  pulse: Pulse,
  gaps: readonly Gap[],
  now: number,
): { readonly state: HeartbeatState; readonly missingSince: number | null } {
  if (pulse.paused) return { state: "paused", missingSince: null };
  const overdue = overdueAt(pulse, gaps);
  if (overdue === null) return { state: "waiting", missingSince: null };
  const missingSince = pulse.missingSince ?? (overdue <= now ? overdue : null);
  return { state: missingSince === null ? "ok" : "missing", missingSince };
}

/**
 * Records a ping. The wake-up time usually stays as it is, because moving it costs more than one unnecessary
 * check.
 */
export function ping(pulse: Pulse, now: number): Pulse {
  const next = { ...pulse, lastBeatAt: Math.max(now, pulse.lastBeatAt ?? now), missingSince: null };
  if (pulse.missingSince !== null)
    return { ...next, notices: [...pulse.notices, { action: "resolve", at: now }], wakeAt: now };
  return { ...next, wakeAt: pulse.wakeAt ?? overdueAt(next, []) };
}

/** Checks a monitor on wake-up: it is alive, or its pings have stopped. */
export function watch(pulse: Pulse, gaps: readonly Gap[], now: number): Pulse {
  const overdue = overdueAt(pulse, gaps);
  if (overdue === null || overdue > now || pulse.missingSince !== null) return { ...pulse, wakeAt: overdue };
  const notice = { action: "trigger", at: dueInstant(overdue, now) } as const;
  return { ...pulse, missingSince: overdue, notices: [...pulse.notices, notice], wakeAt: overdue };
}

/** Removes the notices that were sent. */
export function noticesSent(pulse: Pulse): Pulse {
  return { ...pulse, notices: [], wakeAt: pulse.missingSince === null ? overdueAt(pulse, []) : null };
}

/** Changes interval and grace from now on. */
export function withTimeout(pulse: Pulse, timeout: Pick<Pulse, "timeoutSeconds" | "graceSeconds">): Pulse {
  const next = { ...pulse, ...timeout };
  const settled = next.notices.length === 0 && next.missingSince === null;
  return settled ? { ...next, wakeAt: overdueAt(next, []) } : next;
}

/** Ignores missing pings until `resume`. The open incident of missing ones resolves. */
export function pause(pulse: Pulse, now: number): Pulse {
  if (pulse.paused) return pulse;
  const notices: Pulse["notices"] =
    pulse.missingSince === null ? pulse.notices : [...pulse.notices, { action: "resolve", at: now }];
  return { ...pulse, paused: true, missingSince: null, notices, wakeAt: notices.length > 0 ? now : null };
}

/** Expects the next ping within interval and grace from now on. */
export function resume(pulse: Pulse, now: number): Pulse {
  if (!pulse.paused) return pulse;
  const next = { ...pulse, paused: false, resumedAt: now };
  return { ...next, wakeAt: next.notices.length > 0 ? now : overdueAt(next, []) };
}

export function heartbeatAlert(heartbeat: Heartbeat, { action, at }: Notice): AlertDraft {
  const { id, name, service, team, severity, intervalSeconds } = heartbeat;
  const message =
    action === "trigger"
      ? `No ping from ${name}: expected every ${intervalSeconds} s`
      : `${name} sends pings again`;
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
