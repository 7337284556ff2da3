import * as z from "zod";
import { defineContract } from "../contract.ts";

export const receiveLogoutContract = defineContract({
  service: "web",
  method: "POST",
  path: "/sign-in/backchannel-logout",
  summary: "End sessions that ended at the identity provider",
  description:
    "OpenID Connect Back-Channel Logout. The provider's signature authenticates the token. Sessions end within 30 seconds.",
  right: null,
  body: z.string(),
  bodyType: "application/x-www-form-urlencoded",
  bodyDocs: z.object({ logout_token: z.string() }),
  status: 200,
  response: null,
  errors: {
    400: "The token is not valid, or was received before",
    404: "No identity provider is configured",
    503: "The identity provider does not respond",
  },
});
