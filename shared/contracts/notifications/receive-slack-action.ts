import * as z from "zod";
import { defineContract } from "../contract.ts";

export const receiveSlackActionContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/slack/actions",
  summary: "Receive a Slack button action, slash command or event",
  description:
    "Slack's signature authenticates the request. Events of the Events API arrive as JSON: messages in the thread of an incident become notes. Requests from people in other workspaces have no effect.",
  right: null,
  body: z.string(),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: z.object({
    payload: z.string().optional().meta({
      description:
        "JSON of type block_actions. Other types are ignored. An action is executed once per `trigger_id`.",
    }),
    command: z.string().optional().meta({ description: "Name of a slash command, which is answered." }),
    text: z.string().optional().meta({ description: "Text after the command." }),
    trigger_id: z.string().optional().meta({ description: "A command is executed once per ID." }),
    user_id: z.string().optional(),
    user_name: z.string().optional(),
  }),
  status: 200,
  response: null,
  errors: {
    401: "The signature is invalid or older than five minutes, or no signing secret is set",
  },
});
