import { limits } from "../domain/limits.ts";

/** Returns the delay of a queue message in whole seconds, at most the queue's maximum. */
export function delayUntil(dueAt: number, now: number): number {
  return Math.min(Math.ceil(Math.max(0, dueAt - now) / 1_000), limits.queueDelaySeconds);
}
