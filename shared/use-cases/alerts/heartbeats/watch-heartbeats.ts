import type { Gap } from "../../../domain/alerts/downtime.ts";
import { type Pulse, watch } from "../../../domain/alerts/heartbeat.ts";
import type { Clock } from "../../ports/system.ts";
import { forEachPage } from "../for-each-page.ts";
import { type DowntimeDeps, recordSweep } from "../record-downtime.ts";
import type { SendNoticesDeps } from "./heartbeat-deps.ts";
import { sendNotices } from "./send-notices.ts";

/** Checks due heartbeat monitors and opens alerts for those whose pings stopped. */
export async function watchHeartbeats(
  deps: SendNoticesDeps & DowntimeDeps & { readonly clock: Clock },
): Promise<void> {
  const now = deps.clock();
  const gaps = await recordSweep(deps, now);
  await forEachPage(
    (after) => deps.heartbeats.due(now, after),
    (pulse) => look(deps, pulse, gaps, now),
    ({ heartbeatId }, error) =>
      deps.log.error("heartbeat not checked yet", { heartbeat_id: heartbeatId, error }),
  );
}

async function look(deps: SendNoticesDeps, pulse: Pulse, gaps: readonly Gap[], now: number): Promise<void> {
  const watched = pulse.notices.length > 0 ? pulse : await deps.heartbeats.savePulse(watch(pulse, gaps, now));
  if (watched.notices.length > 0) await sendNotices(deps, watched);
}
