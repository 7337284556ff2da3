import { afterStart, afterSweep, type Gap, type Listening } from "../../domain/alerts/listening.ts";
import type { ListeningStore } from "../ports/alerts.ts";
import { retryStale } from "../retry-stale.ts";

export interface ListeningDeps {
  readonly listening: ListeningStore;
}

/** Notes that the sweep runs. @returns the gaps up to now */
export function recordSweep(deps: ListeningDeps, now: number): Promise<readonly Gap[]> {
  return record(deps, (known) => afterSweep(known, now));
}

/** Notes that the platform was away until now. */
export async function recordStart(deps: ListeningDeps, now: number): Promise<void> {
  await record(deps, (known) => afterStart(known, now));
}

async function record(
  { listening }: ListeningDeps,
  change: (known: Listening) => Listening,
): Promise<readonly Gap[]> {
  return retryStale(async () => {
    const next = change(await listening.load());
    await listening.save(next);
    return next.gaps;
  });
}
