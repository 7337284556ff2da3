import type { Timer } from "../../domain/incidents/timer.ts";
import { delayUntil } from "../delay-until.ts";
import { type EscalateDeps, fireEscalation } from "../oncall/escalate.ts";
import type { TimerQueue, TimerStore } from "../ports/incidents.ts";
import type { Clock } from "../ports/system.ts";
import { type AutoResolveDeps, fireAutoResolve } from "./auto-resolve.ts";

export interface TimerDeps {
  readonly timers: TimerStore;
  readonly timerQueue: TimerQueue;
}

/** Sets a timer: in the table first, as a backup of the queued message. */
export async function setTimer(deps: TimerDeps, timer: Timer, now: number): Promise<void> {
  await deps.timers.put(timer);
  await queueTimer(deps, timer, now);
}

type FireDeps = AutoResolveDeps & EscalateDeps & TimerDeps;

/** Handles a timer message: requeues it if it is not due yet, or runs the step. */
export async function fireTimer(deps: FireDeps, timer: Timer, now: number): Promise<void> {
  if (timer.dueAt > now) return queueTimer(deps, timer, now);
  const next = await step(deps, timer, now);
  if (next) await setTimer(deps, next, now);
  else await deps.timers.remove(timer);
}

/** @returns the next timer, replacing the one that fired */
function step(deps: FireDeps, timer: Timer, now: number): Promise<Timer | undefined> {
  switch (timer.kind) {
    case "auto_resolve":
      return fireAutoResolve(deps, timer, now);
    case "escalation":
      return fireEscalation(deps, timer, now);
  }
}

/**
 * Fires due timers from the table, in case their messages were lost. A failure does not affect other timers.
 */
export async function sweepTimers(deps: FireDeps & { readonly clock: Clock }): Promise<void> {
  for (let fired = 1; fired > 0; ) {
    fired = 0;
    for (const timer of await deps.timers.due(deps.clock())) {
      try {
        await fireTimer(deps, timer, deps.clock());
        fired += 1;
      } catch (error) {
        deps.log.error("timer stays due", { incident_id: timer.incidentId, kind: timer.kind, error });
      }
    }
  }
}

/** Queues a timer that is in the table. */
export function queueTimer(deps: TimerDeps, timer: Timer, now: number): Promise<void> {
  return deps.timerQueue.send(timer, delayUntil(timer.dueAt, now));
}
