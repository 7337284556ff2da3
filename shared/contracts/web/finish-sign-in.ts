import * as z from "zod";
import { defineContract } from "../contract.ts";

export const finishSignInContract = defineContract({
  service: "web",
  method: "GET",
  path: "/sign-in/callback",
  summary: "Receive the response of the identity provider",
  description:
    "Opens a session and redirects to the requested page. Works once, and only in the browser that started the sign-in.",
  right: null,
  query: z.looseObject({
    code: z.string().optional(),
    state: z.string().optional(),
    iss: z.string().optional(),
    error: z.string().optional(),
  }),
  status: 200,
  response: null,
  page: true,
  errors: {
    400: "The response is not valid, expired, or was received before",
    403: "The account is deactivated, or its email address is not verified",
    404: "No identity provider is configured",
    503: "The identity provider does not respond",
  },
});
