import * as z from "zod";
import { defineContract } from "../contract.ts";
import { twilioFormLength } from "./twilio.ts";

export const receiveSmsContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/twilio/sms",
  summary: "Receive a text message",
  description:
    "Twilio's signature authenticates the request. The answer is TwiML, and empty for unknown senders. A repeated message has no further effect.",
  right: null,
  body: z.string().max(twilioFormLength),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: z.object({
    MessageSid: z.string(),
    From: z.string().meta({ description: "Phone number of the sender." }),
    Body: z.string().meta({
      description:
        "`ack 12`, `12`, `res 12`, `esc 12`, `who`, `help`, `STOP` or `START`. See the documentation of replies.",
    }),
  }),
  status: 200,
  response: null,
  errors: { 401: "The signature is invalid, or no public URL or account is configured" },
});
