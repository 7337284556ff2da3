import { afterStart, afterSweep, type Downtime, type Gap } from "../../domain/alerts/downtime.ts";
import type { DowntimeStore } from "../ports/alerts.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface DowntimeDeps {
  readonly downtime: DowntimeStore;
}

/** Records a run of the sweep. @returns the gaps until now */
export function recordSweep(deps: DowntimeDeps, now: number): Promise<readonly Gap[]> {
  return record(deps, (known) => afterSweep(known, now));
}

/** Records that the platform was down until now. */
export async function recordStart(deps: DowntimeDeps, now: number): Promise<void> {
  await record(deps, (known) => afterStart(known, now));
}

async function record(
  { downtime }: DowntimeDeps,
  change: (known: Downtime) => Downtime,
): Promise<readonly Gap[]> {
  return retryOnConflict(async () => {
    const next = change(await downtime.load());
    await downtime.save(next);
    return next.gaps;
  });
}
