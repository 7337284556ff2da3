import { afterStart, afterSweep, type Gap, type Listening } from "../../domain/alerts/listening.ts";
import type { ListeningStore } from "../ports/alerts.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface ListeningDeps {
  readonly listening: ListeningStore;
}

/** Records a run of the sweep. @returns the gaps until now */
export function recordSweep(deps: ListeningDeps, now: number): Promise<readonly Gap[]> {
  return record(deps, (known) => afterSweep(known, now));
}

/** Records that the platform was down until now. */
export async function recordStart(deps: ListeningDeps, now: number): Promise<void> {
  await record(deps, (known) => afterStart(known, now));
}

async function record(
  { listening }: ListeningDeps,
  change: (known: Listening) => Listening,
): Promise<readonly Gap[]> {
  return retryOnConflict(async () => {
    const next = change(await listening.load());
    await listening.save(next);
    return next.gaps;
  });
}
