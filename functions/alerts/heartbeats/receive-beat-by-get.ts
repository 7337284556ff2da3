import { receiveBeatByGetContract } from "../../../shared/contracts/alerts/heartbeats/receive-beat-by-get.ts";
import { openEndpoint } from "../../../shared/runtime/endpoint.ts";
import { heartbeatDeps } from "../../../shared/runtime/later/deps.ts";
import { recordPing } from "../../../shared/use-cases/alerts/heartbeats/record-ping.ts";

export const handler = openEndpoint(receiveBeatByGetContract, async ({ params: { key }, now }) => {
  await recordPing(heartbeatDeps(), key, now);
  return { body: { status: "ok" as const } };
});
