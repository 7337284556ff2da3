import { keys } from "./keys.ts";
import { expiryAfter } from "./retention.ts";
import type { Table } from "./table.ts";

/** Longer than the retention of a queue. */
const keptSeconds = 15 * 86_400;

/** Counts failures of queue messages. Costs one write unit per failure, and nothing for success. */
export function messageFailures(table: Table) {
  return {
    /** @returns the number of failures of the message */
    count: (messageId: string, now: number): Promise<number> =>
      table.increment(keys.messageFailures(messageId), { expiresAt: expiryAfter(now, keptSeconds) }),

    /** Resets the count of a message. Costs one write unit. */
    reset: (messageId: string, now: number): Promise<void> =>
      table.put({
        item: { ...keys.messageFailures(messageId), count: 0, expiresAt: expiryAfter(now, keptSeconds) },
      }),
  };
}
