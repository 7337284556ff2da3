import { defineContract } from "../../contract.ts";
import { beatParams, beatPath, beatReply } from "./beat.ts";

export const receiveBeatByGetContract = defineContract({
  service: "alerts",
  method: "GET",
  path: beatPath,
  summary: "Send a heartbeat ping by GET",
  description: "For senders that cannot send POST requests.",
  scope: null,
  params: beatParams,
  status: 200,
  response: beatReply,
});
