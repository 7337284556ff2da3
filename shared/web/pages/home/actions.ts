import * as z from "zod";
import { action } from "../../site/action.ts";
import { isSecure, readCookie, setCookie } from "../../site/cookies.ts";

const cookieName = "setup";
const hiddenSeconds = 365 * 86_400;

/** Returns true if the viewer hid the setup checklist. */
export function hidesSetup(headers: Headers): boolean {
  return readCookie(headers, cookieName) === "hidden";
}

export const hideSetupAction = action({ scope: "read", form: z.object({}) }, async ({ headers, back }) => ({
  to: back,
  cookies: [setCookie(cookieName, "hidden", { secure: isSecure(headers), maxAgeSeconds: hiddenSeconds })],
}));
