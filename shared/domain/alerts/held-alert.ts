/**
 * An alert that was held back, because a silence means it or something worse hides it: one for each key, until it is
 * over or nothing holds it back any more. Then it is sent again as if it had come at that moment.
 */

import { isWorse } from "../severity.ts";
import type { Alert, Suppressor } from "./alert.ts";
import { ownKey } from "./correlation.ts";

/** What holds an alert back, and until when at least (epoch milliseconds). */
export interface Suppression {
  readonly by: Suppressor;
  readonly until: number;
}

export interface HeldAlert {
  readonly key: string;
  /** As it came last, at its worst. */
  readonly alert: Alert;
  readonly by: Suppressor;
  /** When to look at it again; epoch milliseconds. */
  readonly dueAt: number;
  readonly version: number;
}

/** An unresolved incident says nothing of its end: what it hides is looked at once a minute. */
export const inhibitionMs = 60_000;

/** How late something may be done as if it were in time: later than that, it happens when it happens. */
const latenessMs = 300_000;

/** The key under which an alert is held back; one that is sent again and held back again keeps it. */
export function heldKey(alert: Alert): string {
  return alert.heldAs ?? ownKey(alert);
}

/** The same alert held back, once more or for the first time. */
export function hold(known: HeldAlert | undefined, alert: Alert, { by, until }: Suppression): HeldAlert {
  const { heldAs: _, ...plain } = alert;
  const severity =
    known && isWorse(known.alert.severity, alert.severity) ? known.alert.severity : alert.severity;
  return {
    key: heldKey(alert),
    alert: { ...plain, severity },
    by,
    dueAt: until,
    version: known?.version ?? 0,
  };
}

/** The instant at which what was due is taken to happen. */
export function dueInstant(dueAt: number, now: number): number {
  return dueAt > now || now - dueAt > latenessMs ? now : dueAt;
}

/** The alert as it is sent again. */
export function released({ key, alert, dueAt }: HeldAlert, id: string): Alert {
  return { ...alert, id, receivedAt: dueAt, heldAs: key };
}
