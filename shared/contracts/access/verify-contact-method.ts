import * as z from "zod";
import type { MethodWithCode } from "../../domain/access/reachability.ts";
import { limits } from "../../domain/limits.ts";
import { formatInstant } from "../../domain/time.ts";
import { defineContract } from "../contract.ts";
import { id, instant } from "../fields.ts";
import { personalMethodResource, presentPersonalMethod } from "./contact-method.ts";
import { userParams } from "./user.ts";

const minutes = limits.codeSeconds / 60;

export const codeInput = z
  .string()
  .trim()
  .regex(/^\d{6}$/, "must have six digits");

export const verifyContactMethodContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/users/{email}/contact-methods/{id}/verification",
  summary: "Send or check the code of a contact method",
  description:
    "Without a code, sends one to the contact method. With the code, verifies it. An answer to a message at the contact " +
    `method verifies it too. A code is valid for ${minutes} minutes and ${limits.codeAttempts} attempts.`,
  right: "profile",
  audited: "user",
  params: userParams.extend({ id }),
  body: z.strictObject({
    code: codeInput.optional().meta({ description: "Six digits. Leave out to send a code." }),
  }),
  status: 200,
  response: personalMethodResource
    .extend({
      code_expires_at: instant
        .nullable()
        .meta({ description: "Time until which the code can be entered; null if the method is verified." }),
    })
    .meta({ id: "ContactMethodVerification" }),
  errors: {
    409: "The platform has no signing secret",
    429: "A code was just sent to the contact method, or too many were sent to the user in the last hour",
  },
});

export function presentMethodWithCode({ method, codeExpiresAt }: MethodWithCode) {
  return {
    ...presentPersonalMethod(method),
    code_expires_at: codeExpiresAt === null ? null : formatInstant(codeExpiresAt),
  };
}
