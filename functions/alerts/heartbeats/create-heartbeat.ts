import { createHeartbeatContract } from "../../../shared/contracts/alerts/heartbeats/create-heartbeat.ts";
import { heartbeatDraftOf, presentHeartbeat } from "../../../shared/contracts/alerts/heartbeats/heartbeat.ts";
import { sha256 } from "../../../shared/crypto/sha256.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { changeHeartbeatDeps } from "../../../shared/runtime/later/deps.ts";
import { makeSecret } from "../../../shared/runtime/system.ts";
import { createHeartbeat } from "../../../shared/use-cases/alerts/heartbeats/create-heartbeat.ts";

export const handler = creatingEndpoint(createHeartbeatContract, async ({ body, headers, now, ulid }) => {
  const deps = { ...changeHeartbeatDeps(), makeSecret, sha256, ulid };
  const created = await createHeartbeat(deps, heartbeatDraftOf(body), now);
  const { key, heartbeat } = created;
  return {
    body: { ...presentHeartbeat(created, [], baseUrlOf(headers), now, key), key },
    location: `/api/v1/heartbeats/${heartbeat.id}`,
  };
});
