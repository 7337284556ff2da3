import { createHeartbeatContract } from "../../../shared/contracts/alerts/heartbeats/create-heartbeat.ts";
import { heartbeatDraftOf, presentHeartbeat } from "../../../shared/contracts/alerts/heartbeats/heartbeat.ts";
import { baseUrlOf } from "../../../shared/runtime/base-url.ts";
import { heartbeatDeps } from "../../../shared/runtime/deps.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { createHeartbeat } from "../../../shared/use-cases/alerts/heartbeats.ts";

export const handler = creatingEndpoint(createHeartbeatContract, async ({ body, headers, now, ulid }) => {
  const created = await createHeartbeat({ ...heartbeatDeps(), ulid }, heartbeatDraftOf(body), now);
  const { key, heartbeat } = created;
  return {
    body: { ...presentHeartbeat(created, [], baseUrlOf(headers), now, key), key },
    location: `/api/v1/heartbeats/${heartbeat.id}`,
  };
});
