import { defineContract } from "../../contract.ts";
import { beatParams, beatPath, beatReply } from "./beat.ts";

export const receiveBeatContract = defineContract({
  service: "alerts",
  method: "POST",
  path: beatPath,
  summary: "Send a heartbeat ping",
  description: "The key in the path authenticates the request.",
  scope: null,
  params: beatParams,
  ingestion: true,
  status: 200,
  response: beatReply,
});
