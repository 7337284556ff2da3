import { keys } from "./keys.ts";
import { expiryAfter } from "./retention.ts";
import type { Table } from "./table.ts";

/** Longer than a queue keeps a message. */
const keptSeconds = 15 * 86_400;

/** Counts failures of a queue's message. Costs one write unit a failure, and nothing for what succeeds. */
export function messageFailures(table: Table) {
  return (messageId: string, now: number): Promise<number> =>
    table.increment(keys.messageFailures(messageId), expiryAfter(now, keptSeconds));
}
