import { detached } from "../telemetry/context.ts";

/**
 * Batches concurrent calls: while one request is in progress, further items wait and share the next one. A
 * single caller is served immediately. A shared request continues even if the caller that started it is
 * canceled.
 *
 * @param sendMany returns a result per item, in order
 */
export function gather<T, R>(
  sendMany: (items: readonly T[]) => Promise<readonly R[]>,
): (items: readonly T[]) => Promise<readonly R[]> {
  interface Waiting {
    readonly items: readonly T[];
    readonly resolve: (results: readonly R[]) => void;
    readonly reject: (error: unknown) => void;
  }
  let waiting: Waiting[] = [];
  let busy = false;

  async function sendWaiting(): Promise<void> {
    busy = true;
    while (waiting.length > 0) {
      const callers = waiting;
      waiting = [];
      try {
        const results = await detached(() => sendMany(callers.flatMap(({ items }) => items)));
        let from = 0;
        for (const { items, resolve } of callers) {
          resolve(results.slice(from, from + items.length));
          from += items.length;
        }
      } catch (error) {
        for (const { reject } of callers) reject(error);
      }
    }
    busy = false;
  }

  return (items) =>
    new Promise((resolve, reject) => {
      waiting.push({ items, resolve, reject });
      if (!busy) void sendWaiting();
    });
}
