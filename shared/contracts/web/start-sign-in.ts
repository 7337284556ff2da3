import * as z from "zod";
import { defineContract } from "../contract.ts";

export const startSignInContract = defineContract({
  service: "web",
  method: "GET",
  path: "/sign-in/oidc",
  summary: "Show the sign-in page of the identity provider",
  description: "Redirects to the OpenID Connect provider, which returns to `/sign-in/callback`.",
  right: null,
  query: z.object({
    next: z.string().optional().meta({ description: "Path of the page to open afterwards." }),
  }),
  status: 200,
  response: null,
  page: true,
  errors: {
    404: "No identity provider is configured",
    503: "The identity provider does not respond",
  },
});
