/** RFC 6265, as far as this platform's own cookies go: their values are safe characters alone. */

export interface CookieOptions {
  /** Whether the page came by https: then the cookie comes by nothing else, and from no other host (`__Host-`). */
  readonly secure: boolean;
  /** Zero removes it. */
  readonly maxAgeSeconds: number;
}

/** Whether a request came by https, as the gateway says. */
export function isSecure(headers: Headers): boolean {
  return headers.get("x-forwarded-proto") === "https";
}

/** The value of a cookie as this request brings it; undefined for none. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const full = fullName(name, isSecure(headers));
  for (const pair of (headers.get("cookie") ?? "").split(";")) {
    const [key = "", value = ""] = pair.trim().split(/=(.*)/s);
    if (key === full) return value;
  }
  return undefined;
}

/**
 * A cookie for all pages that no script reads. `Lax`: whoever follows a link from a chat is signed in at once; that
 * a form is ours, its token and its origin say.
 */
export function setCookie(name: string, value: string, { secure, maxAgeSeconds }: CookieOptions): string {
  const attributes = ["Path=/", `Max-Age=${maxAgeSeconds}`, "HttpOnly", "SameSite=Lax"];
  return [`${fullName(name, secure)}=${value}`, ...attributes, ...(secure ? ["Secure"] : [])].join("; ");
}

function fullName(name: string, secure: boolean): string {
  return secure ? `__Host-${name}` : name;
}
