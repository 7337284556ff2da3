import { StaleVersion } from "../domain/errors.ts";

const attempts = 8;

/** Runs a read-decide-write again while somebody else's write came in between. */
export async function retryStale<T>(readDecideWrite: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await readDecideWrite();
    } catch (error) {
      if (!(error instanceof StaleVersion) || attempt === attempts) throw error;
    }
  }
}
