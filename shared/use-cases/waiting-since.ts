/** Returns the time since which messages have been waiting in a queue; null if none wait. Times are epoch milliseconds. */
export type WaitingSince = (queue: string, waiting: number, now: number) => number | null;

/**
 * Creates a function that remembers since when each queue has had messages without a break, as seen here. SQS reports
 * the age of the oldest message only to CloudWatch, and receiving it would count as a delivery. The oldest message is
 * never older than this, unless it arrived before the first call.
 */
/* @__NO_SIDE_EFFECTS__ */
export function trackWaiting(): WaitingSince {
  const since = new Map<string, number>();
  return (queue, waiting, now) => {
    if (waiting === 0) {
      since.delete(queue);
      return null;
    }
    const known = since.get(queue) ?? now;
    since.set(queue, known);
    return known;
  };
}
