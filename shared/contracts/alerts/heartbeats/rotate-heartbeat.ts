import { defineContract } from "../../contract.ts";
import { heartbeatParams, heartbeatWithKey } from "./heartbeat.ts";

export const rotateHeartbeatContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/heartbeats/{id}/rotate",
  summary: "Rotate a heartbeat's key",
  description:
    "The old URL stops working at once. The response contains the new key, which is shown only once.",
  right: "manage",
  team: "resource",
  audited: "heartbeat",
  params: heartbeatParams,
  status: 201,
  response: heartbeatWithKey,
  idempotent: true,
  secretOnce: true,
});
