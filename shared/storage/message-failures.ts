import { keys } from "./keys.ts";
import { expiryAfter } from "./retention.ts";
import type { Table } from "./table.ts";

/** Longer than a queue keeps a message. */
const keptSeconds = 15 * 86_400;

/** Counts failures of a queue's messages. Costs one write unit a failure, and nothing for what succeeds. */
export function messageFailures(table: Table) {
  return {
    /** @returns how many the message has had */
    count: (messageId: string, now: number): Promise<number> =>
      table.increment(keys.messageFailures(messageId), expiryAfter(now, keptSeconds)),

    /** Starts the count of a message anew. Costs one write unit. */
    reset: (messageId: string, now: number): Promise<void> =>
      table.put({
        item: { ...keys.messageFailures(messageId), count: 0, expiresAt: expiryAfter(now, keptSeconds) },
      }),
  };
}
