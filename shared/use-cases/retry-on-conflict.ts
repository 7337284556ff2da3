import { StaleVersion, Unavailable } from "../domain/errors.ts";

const timeoutMs = 2_000;
const firstWaitMs = 50;
const longestWaitMs = 800;

/**
 * Repeats a read-decide-write step while concurrent writes interfere, after random, growing waits.
 *
 * @throws Unavailable after two seconds of conflicts
 */
export async function retryOnConflict<T>(readDecideWrite: () => Promise<T>): Promise<T> {
  const until = performance.now() + timeoutMs;
  for (let longestMs = firstWaitMs; ; longestMs = Math.min(longestMs * 2, longestWaitMs)) {
    try {
      return await readDecideWrite();
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
      const waitMs = Math.random() * longestMs;
      if (performance.now() + waitMs > until) {
        throw new Unavailable("A resource that other requests are changing", { cause: error });
      }
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
}
