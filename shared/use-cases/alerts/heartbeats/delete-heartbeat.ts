import type { WithPulse } from "../../ports/alerts.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { authorizeHeartbeat, type ChangeHeartbeatDeps, type SendNoticesDeps } from "./heartbeat-deps.ts";
import { readHeartbeat } from "./read-heartbeat.ts";
import { sendAlerts } from "./send-notices.ts";

/** Deletes a heartbeat monitor and resolves its open incident. @throws NotFound */
export function deleteHeartbeat(
  deps: SendNoticesDeps & ChangeHeartbeatDeps,
  id: string,
  now: number,
): Promise<WithPulse> {
  return retryOnConflict(async () => {
    const found = await readHeartbeat(deps, id);
    const { heartbeat, pulse } = found;
    await authorizeHeartbeat(deps, heartbeat);
    const isMissing = pulse.missingSince !== null;
    await sendAlerts(
      deps,
      heartbeat,
      isMissing ? [...pulse.notices, { action: "resolve", at: now }] : pulse.notices,
    );
    await deps.heartbeats.remove(found);
    return found;
  });
}
