/** RFC 6265 cookies of this platform, whose values contain only safe characters. */

export interface CookieOptions {
  /** True if the page uses HTTPS: the cookie then requires HTTPS and the same host (`__Host-`). */
  readonly secure: boolean;
  /** Zero deletes it. */
  readonly maxAgeSeconds: number;
}

/** Returns true if a request used HTTPS, according to the gateway. */
export function isSecure(headers: Headers): boolean {
  return headers.get("x-forwarded-proto") === "https";
}

/** Returns the value of a cookie; undefined if it is missing. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const full = fullName(name, isSecure(headers));
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const [key = "", value = ""] = pair.trim().split(/=(.*)/s);
    if (key === full) return value;
  }
  return undefined;
}

/**
 * Sets an HttpOnly cookie for all pages. `Lax` keeps people signed in who follow a link from a chat. Forms
 * are protected by their token and origin instead.
 */
export function setCookie(name: string, value: string, { secure, maxAgeSeconds }: CookieOptions): string {
  const attributes = ["Path=/", `Max-Age=${maxAgeSeconds}`, "HttpOnly", "SameSite=Lax"];
  return [`${fullName(name, secure)}=${value}`, ...attributes, ...(secure ? ["Secure"] : [])].join("; ");
}

function fullName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}
