/**
 * Returns the address at which people reach the platform, without a slash at its end: the configured one, else the one
 * that the request was sent to.
 */
export function baseUrl(publicUrl: string, headers: Headers): string {
  if (publicUrl !== "") return publicUrl;
  const scheme = headers.get("x-forwarded-proto") === "https" ? "https" : "http";
  return `${scheme}://${headers.get("host") ?? "localhost"}`;
}
