import {
  heartbeatChangesOf,
  presentHeartbeat,
} from "../../../shared/contracts/alerts/heartbeats/heartbeat.ts";
import { updateHeartbeatContract } from "../../../shared/contracts/alerts/heartbeats/update-heartbeat.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { changeHeartbeatDeps } from "../../../shared/runtime/later/deps.ts";
import { downtime } from "../../../shared/runtime/later/stores.ts";
import { updateHeartbeat } from "../../../shared/use-cases/alerts/heartbeats/update-heartbeat.ts";

export const handler = endpoint(updateHeartbeatContract, async ({ params: { id }, body, headers, now }) => {
  const updated = await updateHeartbeat(changeHeartbeatDeps(), id, heartbeatChangesOf(body), now);
  const { gaps } = await downtime().load();
  return { body: presentHeartbeat(updated, gaps, baseUrlOf(headers), now) };
});
