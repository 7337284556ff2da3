import { defineContract } from "../../contract.ts";
import { heartbeatParams, heartbeatResource } from "./heartbeat.ts";

export const getHeartbeatContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/heartbeats/{id}",
  otherMethods: ["PATCH", "DELETE"],
  summary: "Get a heartbeat monitor",
  right: "read",
  params: heartbeatParams,
  status: 200,
  response: heartbeatResource,
});
