import { defineContract } from "../../contract.ts";
import { heartbeatParams, heartbeatResource } from "./heartbeat.ts";

export const deleteHeartbeatContract = defineContract({
  service: "alerts",
  method: "DELETE",
  path: "/api/v1/heartbeats/{id}",
  summary: "Delete a heartbeat monitor",
  description: "Resolves its open incident.",
  right: "manage",
  team: "resource",
  audited: "heartbeat",
  params: heartbeatParams,
  status: 200,
  response: heartbeatResource,
});
