import { Unavailable } from "../../../shared/domain/errors.ts";

export type Pause = (ms: number) => Promise<unknown>;

const firstPauseMs = 200;
const longestPauseMs = 20_000;
/** With these pauses, some ten minutes: a table on demand that was empty takes that long to grow with what it is given. */
const tries = 36;

/**
 * Does it again while the database is short of throughput or out of reach, with ever longer pauses.
 *
 * @throws Unavailable when that doesn't end, and at once whatever else goes wrong
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
