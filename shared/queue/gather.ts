import { detached } from "../telemetry/context.ts";

/**
 * Lets concurrent callers share requests: while one is under way, what else comes in waits and goes together
 * in the next. A caller alone is served at once. A shared request outlives the caller that began it.
 *
 * @param sendMany answers with a result for each item, in their order
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
