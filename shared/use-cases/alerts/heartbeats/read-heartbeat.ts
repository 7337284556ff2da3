import type { WithPulse } from "../../ports/alerts.ts";
import { required } from "../../required.ts";
import type { HeartbeatDeps } from "./heartbeat-deps.ts";

/** @throws NotFound */
export async function readHeartbeat({ heartbeats }: HeartbeatDeps, id: string): Promise<WithPulse> {
  return required(await heartbeats.find(id), "heartbeat", id);
}
