import { defineContract } from "../../contract.ts";
import { pingParams, pingPath, pingReply } from "./ping.ts";

export const receiveBeatByGetContract = defineContract({
  service: "alerts",
  method: "GET",
  path: pingPath,
  otherMethods: ["POST"],
  summary: "Send a heartbeat ping by GET",
  description: "For senders that cannot send POST requests.",
  right: null,
  params: pingParams,
  status: 200,
  response: pingReply,
});
