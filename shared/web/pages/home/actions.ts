import * as z from "zod";
import { action } from "../../site/action.ts";
import { hiddenSetupCookie } from "./hidden-setup.ts";

export const hideSetupAction = action({ right: "read", form: z.object({}) }, async ({ headers, back }) => ({
  to: back,
  cookies: [hiddenSetupCookie(headers)],
}));
