import * as z from "zod";
import { action } from "../../../shared/http/site.ts";
import { openSession } from "../../../shared/runtime/session.ts";

const form = z.object({ key: z.string().optional() });

export const signInAction = action(
  "sign-in",
  { scope: null, form },
  async ({ form: { key = "" }, headers, now, back }) => ({
    to: back,
    cookies: [await openSession(key.trim(), headers, now)],
  }),
);
