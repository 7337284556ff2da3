import type { Timer } from "../../domain/incidents/timer.ts";
import { delayUntil } from "../delay-until.ts";
import type { TimerQueue, TimerStore } from "../ports/incidents.ts";

export interface TimerDeps {
  readonly timers: TimerStore;
  readonly timerQueue: TimerQueue;
}

/** Sets a timer: in the table first, as a backup of the queued message. */
export async function setTimer(deps: TimerDeps, timer: Timer, now: number): Promise<void> {
  await deps.timers.put(timer);
  await queueTimer(deps, timer, now);
}

/** Queues a timer that is in the table. */
export function queueTimer(deps: TimerDeps, timer: Timer, now: number): Promise<void> {
  return deps.timerQueue.send(timer, delayUntil(timer.dueAt, now));
}
