import * as z from "zod";
import { defineContract } from "../contract.ts";

export const receiveSlackActionContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/slack/actions",
  summary: "Receive a Slack button action",
  description: "Slack's signature authenticates the request.",
  scope: null,
  body: z.string(),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: z.object({
    payload: z.string().meta({ description: "JSON of type block_actions. Other types are ignored." }),
  }),
  status: 200,
  response: null,
  errors: { 401: "The signature is invalid or older than five minutes, or no signing secret is set" },
});
