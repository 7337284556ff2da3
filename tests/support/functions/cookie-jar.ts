/** Cookies of a browser, by name. */
export type CookieJar = Map<string, string>;

export function cookieHeader(cookies: CookieJar): string {
  return [...cookies].map((each) => each.join("=")).join("; ");
}

/** Stores what a response sets with `Set-Cookie`, and drops what has expired. */
export function storeCookies(cookies: CookieJar, set: readonly string[]): void {
  for (const each of set) {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(each) ?? [];
    if (each.includes("Max-Age=0")) cookies.delete(name);
    else cookies.set(name, value);
  }
}
