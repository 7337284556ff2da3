import { defineContract } from "../../contract.ts";
import { heartbeatInput, heartbeatWithKey } from "./heartbeat.ts";

export const createHeartbeatContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/heartbeats",
  summary: "Create a heartbeat monitor",
  description:
    "An alert opens when expected pings stop. The response contains the key, which is shown only once.",
  right: "manage",
  team: "resource",
  audited: "heartbeat",
  body: heartbeatInput,
  status: 201,
  response: heartbeatWithKey,
  idempotent: true,
  secretOnce: true,
});
