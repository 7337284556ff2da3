import type { TellDeps } from "./heartbeats.ts";
import type { ListeningDeps } from "./record-listening.ts";
import { type ReleaseDeps, releaseAlerts } from "./release-alerts.ts";
import { watchHeartbeats } from "./watch-heartbeats.ts";

/** What alerting does every minute: what is held back, and what was not heard of. Neither holds up the other. */
export async function sweepAlerts(deps: ReleaseDeps & TellDeps & ListeningDeps): Promise<void> {
  const done = await Promise.allSettled([releaseAlerts(deps), watchHeartbeats(deps)]);
  const [failed] = done.filter((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}
