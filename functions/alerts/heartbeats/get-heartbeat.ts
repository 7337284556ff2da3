import { getHeartbeatContract } from "../../../shared/contracts/alerts/heartbeats/get-heartbeat.ts";
import { presentHeartbeat } from "../../../shared/contracts/alerts/heartbeats/heartbeat.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { downtime, heartbeats } from "../../../shared/runtime/later/stores.ts";
import { readHeartbeat } from "../../../shared/use-cases/alerts/heartbeats/read-heartbeat.ts";

export const handler = endpoint(getHeartbeatContract, async ({ params: { id }, headers, now }) => {
  const { gaps } = await downtime().load();
  const found = await readHeartbeat({ heartbeats: heartbeats() }, id);
  return { body: presentHeartbeat(found, gaps, baseUrlOf(headers), now) };
});
