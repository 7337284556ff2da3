import { autoResolveTimeout } from "../alerts/flapping.ts";
import type { Incident } from "./incident.ts";

interface TimerOf<Kind extends string> {
  readonly kind: Kind;
  readonly incidentId: string;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

/** A delayed step of an incident. An incident has at most one timer of each kind. */
export type Timer =
  | TimerOf<"auto_resolve">
  /** End of a snooze. */
  | TimerOf<"snooze">
  /** End of an acknowledgement. */
  | TimerOf<"acknowledgement">
  /** Time at which the urgency becomes high. */
  | TimerOf<"urgency">
  /** The step after this position of the policy. */
  | (TimerOf<"escalation"> & { readonly level: number; readonly pass: number });

/** Returns the timers of an incident in its present state. */
export function timersOf(incident: Incident): Timer[] {
  return [escalationTimer(incident), autoResolveTimer(incident), urgencyTimer(incident)].filter(
    (timer) => timer !== undefined,
  );
}

function escalationTimer({ id: incidentId, escalation }: Incident): Timer | undefined {
  if (!escalation || escalation.nextAt === null) return undefined;
  const { level, pass, nextAt: dueAt } = escalation;
  return { kind: "escalation", incidentId, level, pass, dueAt };
}

function quietSince({ createdAt, lastAlertAt, reopenedAt = 0 }: Incident): number {
  return Math.max(lastAlertAt ?? createdAt, reopenedAt);
}

/** Returns the timer with which an acknowledged incident is open again; undefined if it stays acknowledged. */
export function reopenTimer(incident: Incident): ReopenTimer | undefined {
  const { id: incidentId, status, snoozedUntil, acknowledgementExpiresAt } = incident;
  if (status !== "acknowledged") return undefined;
  if (snoozedUntil !== undefined) return { kind: "snooze", incidentId, dueAt: snoozedUntil };
  if (acknowledgementExpiresAt === undefined) return undefined;
  return { kind: "acknowledgement", incidentId, dueAt: acknowledgementExpiresAt };
}

export type ReopenTimer = TimerOf<"snooze"> | TimerOf<"acknowledgement">;

/** Returns the auto-resolve timer of an incident; undefined if it has none. */
export function autoResolveTimer(incident: Incident): Timer | undefined {
  if (incident.status === "resolved") return undefined;
  const timeout = autoResolveTimeout(incident);
  const quietUntil = timeout && quietSince(incident) + timeout.seconds * 1_000;
  // A flapping incident resolves after its quiet period, not at the end of one flap.
  const endsAt = incident.flapping ? undefined : incident.endsAt;
  const dueAt = Math.min(quietUntil ?? Number.POSITIVE_INFINITY, endsAt ?? Number.POSITIVE_INFINITY);
  if (dueAt === Number.POSITIVE_INFINITY) return undefined;
  return { kind: "auto_resolve", incidentId: incident.id, dueAt };
}

/** Returns the timer at which hours make an open incident high; undefined if it has none. */
export function urgencyTimer({
  id: incidentId,
  status,
  urgency,
  raisesAt: dueAt,
}: Incident): Timer | undefined {
  return status === "open" && urgency === "low" && dueAt !== undefined
    ? { kind: "urgency", incidentId, dueAt }
    : undefined;
}
