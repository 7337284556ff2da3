import * as z from "zod";
import { cookie, isSecure } from "../../../shared/http/cookies.ts";
import { action } from "../../../shared/http/site.ts";

export const signOutAction = action("sign-out", { scope: null, form: z.object({}) }, async ({ headers }) => ({
  to: "/sign-in",
  cookies: [cookie("session", "", { secure: isSecure(headers), maxAgeSeconds: 0 })],
}));
