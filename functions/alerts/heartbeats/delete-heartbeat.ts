import { deleteHeartbeatContract } from "../../../shared/contracts/alerts/heartbeats/delete-heartbeat.ts";
import { presentHeartbeat } from "../../../shared/contracts/alerts/heartbeats/heartbeat.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { heartbeatDeps } from "../../../shared/runtime/later/deps.ts";
import { deleteHeartbeat } from "../../../shared/use-cases/alerts/heartbeats/delete-heartbeat.ts";

export const handler = endpoint(deleteHeartbeatContract, async ({ params: { id }, headers, now }) => {
  const deleted = await deleteHeartbeat(heartbeatDeps(), id, now);
  const { gaps } = await heartbeatDeps().downtime.load();
  return { body: presentHeartbeat(deleted, gaps, baseUrlOf(headers), now) };
});
