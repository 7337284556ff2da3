import { type Call, Refused } from "../api-client.ts";

const attempts = 6;
const longestSeconds = 60;

/** Retries a call a few times after the delay that a busy platform requests. */
export function retrying(call: Call, pause: (ms: number) => Promise<unknown>): Call {
  return async (contract, args) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await call(contract, args);
      } catch (error) {
        const seconds = error instanceof Refused ? Number(error.retryAfter ?? Number.NaN) : Number.NaN;
        if (attempt === attempts || !(seconds <= longestSeconds)) throw error;
        await pause(seconds * 1_000);
      }
    }
  };
}
