import { RetryLater, StaleVersion, Unavailable } from "../domain/errors.ts";
import { isTransientFault } from "../domain/transient-fault.ts";

/** Delays by the number of failures so far, in seconds. After the last one, the message is given up. */
export const backOffSeconds = [2, 10, 60, 300];
/** Failures after which a message is given up. */
export const failureLimit = backOffSeconds.length + 1;

const shortestWaitSeconds = 2;
const longestWaitSeconds = 30;

/**
 * Returns true for a temporary error that is not caused by the message, so that it is retried without
 * counting.
 */
export function isTransient(error: unknown): boolean {
  return (
    error instanceof RetryLater ||
    error instanceof Unavailable ||
    error instanceof StaleVersion ||
    isTransientFault(error)
  );
}

/**
 * Delay after a temporary error: 2 to 30 seconds, longer and with more jitter as receives increase, so that
 * messages do not all return at once when a dependency recovers.
 */
export function transientDelaySeconds(receiveCount: number, random: () => number): number {
  const ceiling = Math.min(longestWaitSeconds, shortestWaitSeconds * 2 ** Math.min(receiveCount - 1, 8));
  return Math.ceil(shortestWaitSeconds + random() * (ceiling - shortestWaitSeconds));
}
