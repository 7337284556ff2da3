import { presentHeartbeat } from "../../../shared/contracts/alerts/heartbeats/heartbeat.ts";
import { rotateHeartbeatContract } from "../../../shared/contracts/alerts/heartbeats/rotate-heartbeat.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { changeHeartbeatDeps } from "../../../shared/runtime/later/deps.ts";
import { downtime } from "../../../shared/runtime/later/stores.ts";
import { makeSecret } from "../../../shared/runtime/system.ts";
import { rotateHeartbeat } from "../../../shared/use-cases/alerts/heartbeats/rotate-heartbeat.ts";

export const handler = creatingEndpoint(rotateHeartbeatContract, async ({ params: { id }, headers, now }) => {
  const rotated = await rotateHeartbeat({ ...changeHeartbeatDeps(), makeSecret, sha256 }, id, now);
  const { key } = rotated;
  const { gaps } = await downtime().load();
  return {
    body: { ...presentHeartbeat(rotated, gaps, baseUrlOf(headers), now, key), key },
    location: `/api/v1/heartbeats/${id}`,
  };
});
