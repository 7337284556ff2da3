import { defineContract } from "../contract.ts";
import { heartbeatInput, heartbeatWithKey } from "./heartbeat.ts";

export const createHeartbeatContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/heartbeats",
  summary: "Expect something to say regularly that it is alive; its key is told this once",
  scope: "write",
  audited: "heartbeat",
  answeredBy: "change-alerting",
  body: heartbeatInput,
  status: 201,
  response: heartbeatWithKey,
  idempotent: true,
  secretOnce: true,
});
