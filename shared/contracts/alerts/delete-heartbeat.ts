import { defineContract } from "../contract.ts";
import { heartbeatParams, heartbeatResource } from "./heartbeat.ts";

export const deleteHeartbeatContract = defineContract({
  service: "alerts",
  method: "DELETE",
  path: "/api/v1/heartbeats/{id}",
  summary: "Expect a heartbeat no more; the incident of a missing one is resolved",
  scope: "write",
  audited: "heartbeat",
  answeredBy: "change-alerting",
  params: heartbeatParams,
  status: 200,
  response: heartbeatResource,
});
