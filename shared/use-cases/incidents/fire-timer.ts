import type { Timer } from "../../domain/incidents/timer.ts";
import { type EscalateDeps, fireEscalation } from "../oncall/escalate.ts";
import { type AutoResolveDeps, autoResolveIncident } from "./auto-resolve-incident.ts";
import { reopenWhenDue } from "./lifecycle/reopen-when-due.ts";
import { raiseWhenDue } from "./raise-urgency.ts";
import { queueTimer, setTimer, type TimerDeps } from "./set-timer.ts";

export type FireTimerDeps = AutoResolveDeps & EscalateDeps & TimerDeps;

/** Handles a timer message: requeues it if it is not due yet, or runs the step. */
export async function fireTimer(deps: FireTimerDeps, timer: Timer, now: number): Promise<void> {
  if (timer.dueAt > now) return queueTimer(deps, timer, now);
  const next = await step(deps, timer, now);
  if (next) await setTimer(deps, next, now);
  else await deps.timers.remove(timer);
}

/** @returns the next timer, replacing the one that fired */
function step(deps: FireTimerDeps, timer: Timer, now: number): Promise<Timer | undefined> {
  switch (timer.kind) {
    case "auto_resolve":
      return autoResolveIncident(deps, timer, now);
    case "escalation":
      return fireEscalation(deps, timer, now);
    case "snooze":
    case "acknowledgement":
      return reopenWhenDue(deps, timer, now);
    case "urgency":
      return raiseWhenDue(deps, timer, now);
  }
}
