import { NotYet, StaleVersion, Unavailable } from "../domain/errors.ts";
import { isPassingFault } from "../domain/passing-fault.ts";

/** Seconds until a message comes again, by the number of its failures so far; after the last it is given up. */
export const backOffSeconds = [2, 10, 60, 300];
/** Failures of a message until it is given up. */
export const failureLimit = backOffSeconds.length + 1;

const shortestWaitSeconds = 2;
const longestWaitSeconds = 30;

/** True for an error that says nothing against the message: it is handled as soon as the cause has passed. */
export function isPassing(error: unknown): boolean {
  return (
    error instanceof NotYet ||
    error instanceof Unavailable ||
    error instanceof StaleVersion ||
    isPassingFault(error)
  );
}

/**
 * Seconds until a message that met a passing error comes again: 2 to 30, longer and more scattered the more often it
 * was received, so that what waits for a dependency doesn't come at once when it is back.
 */
export function passingDelaySeconds(receiveCount: number, random: () => number): number {
  const ceiling = Math.min(longestWaitSeconds, shortestWaitSeconds * 2 ** Math.min(receiveCount - 1, 8));
  return Math.ceil(shortestWaitSeconds + random() * (ceiling - shortestWaitSeconds));
}
