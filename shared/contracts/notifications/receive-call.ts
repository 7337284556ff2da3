import * as z from "zod";
import { defineContract } from "../contract.ts";
import { twilioFormLength } from "./twilio.ts";

export const receiveCallContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/twilio/voice/{token}",
  summary: "Receive an answered call",
  description:
    "Twilio's signature and the token of the call authenticate the request. The answer is TwiML that says what the notification is about, and takes the keys 4 (acknowledge), 6 (resolve) and 9 (escalate).",
  right: null,
  params: z.object({ token: z.string().min(1).max(512) }),
  body: z.string().max(twilioFormLength),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: z.object({
    CallSid: z.string(),
    AnsweredBy: z.string().optional(),
    Digits: z.string().optional().meta({ description: "The pressed key." }),
  }),
  status: 200,
  response: null,
  errors: {
    401: "The signature is invalid, or no public URL or account is configured",
    404: "The token is invalid or has expired",
  },
});
