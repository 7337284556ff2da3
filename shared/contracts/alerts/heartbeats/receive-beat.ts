import { defineContract } from "../../contract.ts";
import { pingParams, pingPath, pingReply } from "./ping.ts";

export const receiveBeatContract = defineContract({
  service: "alerts",
  method: "POST",
  path: pingPath,
  summary: "Send a heartbeat ping",
  description: "The key in the path authenticates the request.",
  right: null,
  params: pingParams,
  ingestion: true,
  status: 200,
  response: pingReply,
});
