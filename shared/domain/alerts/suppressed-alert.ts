/**
 * Alerts suppressed by a silence or by a more severe incident. There is one per key, until it resolves or
 * nothing suppresses it any longer. It is then sent again with the current time.
 */

import { isWorse } from "../severity.ts";
import { minuteMs } from "../time-units.ts";
import type { Alert, Suppressor } from "./alert.ts";
import { configuredKey } from "./correlation.ts";

/** The suppressor of an alert, and the earliest end of the suppression (epoch milliseconds). */
export interface Suppression {
  readonly by: Suppressor;
  readonly until: number;
}

export interface SuppressedAlert {
  readonly key: string;
  /** The latest alert, with the highest severity seen. */
  readonly alert: Alert;
  /** IDs of the alerts before it, latest first: at most `earlierKept`. */
  readonly earlierIds: readonly string[];
  readonly by: Suppressor;
  /** Time of the next check, in epoch milliseconds. */
  readonly dueAt: number;
  readonly version: number;
}

/** Number of earlier alerts of a key whose records show the alert that was sent in their place. 20 IDs take 640 bytes. */
const earlierKept = 20;

/** Interval between checks of alerts suppressed by an unresolved incident, whose end is unknown. */
export const inhibitionMs = minuteMs;

/** Maximum delay up to which an action uses its scheduled time instead of the current time. */
const latenessMs = 300_000;

/** Key under which an alert is suppressed. An alert that is sent again and suppressed again keeps its key. */
export function suppressionKey(alert: Alert): string {
  return alert.suppressedAs ?? configuredKey(alert);
}

/** Adds an alert to the suppressed alert of its key. */
export function addToSuppressed(
  known: SuppressedAlert | undefined,
  alert: Alert,
  { by, until }: Suppression,
): SuppressedAlert {
  const { suppressedAs: _, ...plain } = alert;
  const severity =
    known && isWorse(known.alert.severity, alert.severity) ? known.alert.severity : alert.severity;
  return {
    key: suppressionKey(alert),
    alert: { ...plain, severity },
    earlierIds: earlierIds(known, alert.id),
    by,
    dueAt: until,
    version: known?.version ?? 0,
  };
}

/** The same alert is added again after a crash. */
function earlierIds(known: SuppressedAlert | undefined, latestId: string): readonly string[] {
  if (!known) return [];
  const ids = [known.alert.id, ...known.earlierIds].filter((id) => id !== latestId);
  return ids.slice(0, earlierKept);
}

/** Returns the time at which a due action is considered to happen. */
export function dueInstant(dueAt: number, now: number): number {
  return dueAt > now || now - dueAt > latenessMs ? now : dueAt;
}

/** Returns the alert to send again. */
export function released({ key, alert, dueAt }: SuppressedAlert, id: string): Alert {
  return { ...alert, id, receivedAt: dueAt, suppressedAs: key };
}
