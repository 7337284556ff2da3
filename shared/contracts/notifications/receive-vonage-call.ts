import * as z from "zod";
import { defineContract } from "../contract.ts";

/** Longest body of Vonage that is read, in characters. */
const bodyLength = 64 * 1024;

export const receiveVonageCallContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/vonage/calls/{token}",
  summary: "Receive an event of a Vonage call",
  description:
    "Vonage's signature and the token of the call authenticate the request. Answered calls and pressed keys are answered with an NCCO that says what the notification is about, and takes the keys 4 (acknowledge), 6 (resolve) and 9 (escalate). Other events become receipts of the notification.",
  right: null,
  params: z.object({ token: z.string().min(1).max(512) }),
  body: z.string().max(bodyLength),
  bodyType: "application/json",
  bodyDocs: z.object({
    uuid: z.string().optional(),
    call_uuid: z.string().optional(),
    status: z
      .string()
      .optional()
      .meta({ description: "Absent when the call is answered or a key is pressed." }),
    dtmf: z
      .object({ digits: z.string(), timed_out: z.boolean() })
      .optional()
      .meta({ description: "The pressed key." }),
  }),
  status: 200,
  response: null,
  errors: {
    401: "The signature is missing, invalid or older than five minutes, or no signature secret is configured",
    404: "The token is invalid or has expired",
  },
});
