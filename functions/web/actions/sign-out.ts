import * as z from "zod";
import { action } from "../../../shared/http/site.ts";
import { closeSession } from "../../../shared/runtime/session.ts";

export const signOutAction = action(
  "sign-out",
  { scope: null, form: z.object({}) },
  async ({ headers, now }) => ({
    to: "/sign-in",
    cookies: [await closeSession(headers, now)],
  }),
);
