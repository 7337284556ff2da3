import { withTimeout } from "../../../domain/alerts/heartbeat.ts";
import type { WithPulse } from "../../ports/alerts.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { type HeartbeatDeps, type HeartbeatFields, timeoutOf } from "./heartbeat-deps.ts";
import { readHeartbeat } from "./read-heartbeat.ts";

/** @throws NotFound */
export function updateHeartbeat(
  deps: HeartbeatDeps,
  id: string,
  changes: Partial<HeartbeatFields>,
): Promise<WithPulse> {
  return retryOnConflict(async () => {
    const known = await readHeartbeat(deps, id);
    const heartbeat = { ...known.heartbeat, ...changes };
    return deps.heartbeats.save({ heartbeat, pulse: withTimeout(known.pulse, timeoutOf(heartbeat)) });
  });
}
