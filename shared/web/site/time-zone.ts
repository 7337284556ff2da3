import { timezone } from "../../contracts/oncall/local.ts";
import { isSecure, readCookie, setCookie } from "../../http/session/cookies.ts";

const seconds = 365 * 86_400;

/** Returns the viewer's IANA time zone; undefined until our script or the viewer has set it. */
export function timeZoneOf(headers: Headers): string | undefined {
  const zone = readCookie(headers, "tz");
  return timezone.safeParse(zone).data;
}

/** Returns the cookie with the viewer's time zone. Our script sets the same. */
export function timeZoneCookie(zone: string, headers: Headers): string {
  return setCookie("tz", zone, { secure: isSecure(headers), maxAgeSeconds: seconds });
}
