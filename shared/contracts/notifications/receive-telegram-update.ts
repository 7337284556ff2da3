import * as z from "zod";
import { defineContract } from "../contract.ts";

export const receiveTelegramUpdateContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/telegram/webhook",
  summary: "Receive an update of the Telegram bot",
  description:
    "The header X-Telegram-Bot-Api-Secret-Token authenticates the request. The answer may have a method of the Bot API, which Telegram executes.",
  right: null,
  body: z.unknown(),
  bodyDocs: z.object({
    update_id: z.int(),
    message: z.looseObject({}).optional(),
    callback_query: z.looseObject({}).optional(),
  }),
  ingestion: true,
  status: 200,
  response: z.looseObject({}),
  errors: { 401: "The secret token is invalid or missing, or none is set" },
});
