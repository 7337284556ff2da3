import * as z from "zod";
import { defineContract } from "../contract.ts";

export const receiveSlackActionContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/slack/actions",
  summary: "A button of a page in Slack; Slack's signature is the key",
  scope: null,
  body: z.string(),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: z.object({
    payload: z.string().meta({ description: "JSON of the type block_actions; others change nothing." }),
  }),
  status: 200,
  response: null,
  errors: { 401: "Not signed by Slack within the last five minutes, or no signing secret is set" },
});
