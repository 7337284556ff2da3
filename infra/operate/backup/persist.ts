import { Unavailable } from "../../../shared/domain/errors.ts";

export type Pause = (ms: number) => Promise<unknown>;

const firstPauseMs = 200;
const longestPauseMs = 20_000;
/** About ten minutes with these pauses, the time an empty on-demand table needs to scale. */
const tries = 36;

/**
 * Retries while the database is throttled or unavailable, with growing pauses.
 *
 * @throws Unavailable if that does not end, and any other error immediately
 */
export async function persist<T>(pause: Pause, run: () => Promise<T>): Promise<T> {
  for (let failures = 1; ; failures += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof Unavailable) || failures === tries) throw error;
      await pause(Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs));
    }
  }
}
