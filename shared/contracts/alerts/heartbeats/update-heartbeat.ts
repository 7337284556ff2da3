import { defineContract } from "../../contract.ts";
import { heartbeatParams, heartbeatPatch, heartbeatResource } from "./heartbeat.ts";

export const updateHeartbeatContract = defineContract({
  service: "alerts",
  method: "PATCH",
  path: "/api/v1/heartbeats/{id}",
  summary: "Update a heartbeat monitor",
  description: "Applies from now on.",
  right: "manage",
  team: "resource",
  audited: "heartbeat",
  params: heartbeatParams,
  body: heartbeatPatch,
  status: 200,
  response: heartbeatResource,
});
