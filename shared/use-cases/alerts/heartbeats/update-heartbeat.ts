import { pause, resume, withTimeout } from "../../../domain/alerts/heartbeat.ts";
import type { WithPulse } from "../../ports/alerts.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import {
  authorizeHeartbeat,
  type ChangeHeartbeatDeps,
  type HeartbeatFields,
  timeoutOf,
} from "./heartbeat-deps.ts";
import { readHeartbeat } from "./read-heartbeat.ts";

/** Changes a heartbeat monitor. One that is paused resolves its open incident within a minute. @throws NotFound */
export function updateHeartbeat(
  deps: ChangeHeartbeatDeps,
  id: string,
  changes: Partial<HeartbeatFields>,
  now: number,
): Promise<WithPulse> {
  return retryOnConflict(async () => {
    const known = await readHeartbeat(deps, id);
    const heartbeat = { ...known.heartbeat, ...changes };
    await authorizeHeartbeat(deps, known.heartbeat);
    await authorizeHeartbeat(deps, heartbeat);
    const timed = withTimeout(known.pulse, timeoutOf(heartbeat));
    const pulse = heartbeat.paused ? pause(timed, now) : resume(timed, now);
    return deps.heartbeats.save({ heartbeat, pulse });
  });
}
