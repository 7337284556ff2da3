import { defineContract } from "../contract.ts";
import { beatParams, beatPath, beatReply } from "./beat.ts";

export const receiveBeatByGetContract = defineContract({
  service: "alerts",
  method: "GET",
  path: beatPath,
  summary: "The same, for senders that can only fetch an address",
  scope: null,
  answeredBy: "receive-beat",
  params: beatParams,
  status: 200,
  response: beatReply,
});
