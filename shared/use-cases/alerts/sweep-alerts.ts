import type { SendNoticesDeps } from "./heartbeats/heartbeat-deps.ts";
import { watchHeartbeats } from "./heartbeats/watch-heartbeats.ts";
import type { DowntimeDeps } from "./record-downtime.ts";
import { type ReleaseDeps, releaseAlerts } from "./release-alerts.ts";

/**
 * Runs the alerting tasks of every minute: suppressed alerts and missed pings. A failure of one does not
 * affect the other.
 */
export async function sweepAlerts(deps: ReleaseDeps & SendNoticesDeps & DowntimeDeps): Promise<void> {
  const done = await Promise.allSettled([releaseAlerts(deps), watchHeartbeats(deps)]);
  const [failed] = done.filter((each) => each.status === "rejected");
  if (failed) throw failed.reason;
}
