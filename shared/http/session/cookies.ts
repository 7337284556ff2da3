import { generateCookie } from "hono/cookie";
import { parse } from "hono/utils/cookie";

interface CookieOptions {
  /** Set for a page that came by https: the cookie is then sent by https only, and to this host only (`__Host-`). */
  readonly secure: boolean;
  /** Zero removes the cookie. */
  readonly maxAgeSeconds: number;
}

/** Returns true if a request came by https, as the gateway reports. */
export function isSecure(headers: Headers): boolean {
  return headers.get("x-forwarded-proto") === "https";
}

/** Returns the value of a cookie of the request; undefined for none. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const full = isSecure(headers) ? `__Host-${name}` : name;
  return parse(headers.get("cookie") ?? "", full)[full];
}

/**
 * Returns a Set-Cookie header for all pages, hidden from scripts. `Lax` keeps people signed in who follow a link from a
 * chat; the token and the origin of a form prove that it is ours.
 */
export function setCookie(name: string, value: string, { secure, maxAgeSeconds }: CookieOptions): string {
  return generateCookie(name, value, {
    httpOnly: true,
    sameSite: "Lax",
    maxAge: maxAgeSeconds,
    ...(secure && { prefix: "host" as const }),
  });
}
