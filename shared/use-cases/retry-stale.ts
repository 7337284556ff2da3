import { StaleVersion, Unavailable } from "../domain/errors.ts";

const timeoutMs = 2_000;
const firstWaitMs = 50;
const longestWaitMs = 800;

/**
 * Runs a read-decide-write again while somebody else's write came in between, after a random wait that grows.
 *
 * @throws Unavailable when others kept changing it for two seconds
 */
export async function retryStale<T>(readDecideWrite: () => Promise<T>): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (let longestMs = firstWaitMs; ; longestMs = Math.min(longestMs * 2, longestWaitMs)) {
    try {
      return await readDecideWrite();
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
      const waitMs = Math.random() * longestMs;
      if (performance.now() + waitMs > until) {
        throw new Unavailable("An item that others keep changing", { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
