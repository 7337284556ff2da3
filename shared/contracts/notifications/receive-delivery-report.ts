import * as z from "zod";
import { defineContract } from "../contract.ts";
import { id } from "../fields.ts";
import { twilioFormLength } from "./twilio.ts";

export const receiveDeliveryReportContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/twilio/status",
  summary: "Receive the status of a text message or call",
  description:
    "Twilio's signature authenticates the request. The status becomes a receipt of the notification. If it was not delivered, the person's next contact method follows.",
  right: null,
  query: z.object({ id: id.meta({ description: "ID of the notification." }) }),
  body: z.string().max(twilioFormLength),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: z.object({
    MessageSid: z.string().optional(),
    MessageStatus: z.string().optional(),
    CallSid: z.string().optional(),
    CallStatus: z.string().optional(),
    AnsweredBy: z.string().optional(),
  }),
  status: 200,
  response: null,
  errors: { 401: "The signature is invalid, or no public URL or account is configured" },
});
