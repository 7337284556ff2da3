/** A cookie remembers that the viewer hid the setup checklist. */
import { isSecure, readCookie, setCookie } from "../../../http/session/cookies.ts";

const cookieName = "setup";
const hiddenSeconds = 365 * 86_400;

/** Returns true if the viewer hid the setup checklist. */
export function hidesSetup(headers: Headers): boolean {
  return readCookie(headers, cookieName) === "hidden";
}

export function hiddenSetupCookie(headers: Headers): string {
  return setCookie(cookieName, "hidden", { secure: isSecure(headers), maxAgeSeconds: hiddenSeconds });
}
