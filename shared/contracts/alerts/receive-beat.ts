import { defineContract } from "../contract.ts";
import { beatParams, beatPath, beatReply } from "./beat.ts";

export const receiveBeatContract = defineContract({
  service: "alerts",
  method: "POST",
  path: beatPath,
  summary: "Say that something is alive; the key in the path is all it takes",
  scope: null,
  answeredBy: "receive-beat",
  params: beatParams,
  ingestion: true,
  status: 200,
  response: beatReply,
});
