import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import { defineContract } from "../contract.ts";

export const receiveChatActionContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/mattermost/actions",
  summary: "Receive a pressed button in Mattermost",
  description:
    "The signed token in `context` authenticates the request. Mattermost shows the answer to the person who pressed the button.",
  right: null,
  body: z.unknown(),
  bodyDocs: z.object({
    user_id: z.string().max(64),
    user_name: z.string().max(limits.personNameLength).optional(),
    trigger_id: z
      .string()
      .max(limits.idempotencyKeyLength)
      .optional()
      .meta({ description: "An action is executed once per ID." }),
    context: z.object({ token: z.string().max(512) }),
  }),
  ingestion: true,
  status: 200,
  response: z.object({ ephemeral_text: z.string().optional() }),
  errors: { 401: "The token is missing, invalid or expired, or no signing secret is set" },
});
