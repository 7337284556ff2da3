import {
  type Heartbeat,
  heartbeatAlert,
  type Notice,
  noticesSent,
  type Pulse,
} from "../../../domain/alerts/heartbeat.ts";
import { acceptAlerts } from "../accept-alerts.ts";
import type { SendNoticesDeps } from "./heartbeat-deps.ts";

/**
 * Sends the due alerts of a heartbeat monitor. Their IDs are stable, so they can be sent again until that is
 * recorded.
 */
export async function sendNotices(deps: SendNoticesDeps, pulse: Pulse): Promise<void> {
  const found = await deps.heartbeats.find(pulse.heartbeatId);
  if (!found) return;
  await sendAlerts(deps, found.heartbeat, pulse.notices);
  await deps.heartbeats.savePulse(noticesSent(pulse));
}

/** Sends notices of a heartbeat monitor as alerts. Their IDs are stable. */
export async function sendAlerts(
  deps: SendNoticesDeps,
  heartbeat: Heartbeat,
  notices: readonly Notice[],
): Promise<void> {
  for (const notice of notices) {
    const ulid = deps.seededUlids(`${heartbeat.id} ${notice.action} ${notice.at}`);
    await acceptAlerts({ ...deps, ulid }, [heartbeatAlert(heartbeat, notice)], notice.at);
  }
}
