import { edgeConfig } from "./config.ts";

/** Returns the public URL without a trailing slash: PUBLIC_URL, otherwise the host of the request. */
export function baseUrlOf(headers: Headers): string {
  const { PUBLIC_URL } = edgeConfig();
  if (PUBLIC_URL !== "") return PUBLIC_URL;
  const scheme = headers.get("x-forwarded-proto") === "https" ? "https" : "http";
  return `${scheme}://${headers.get("host") ?? "localhost"}`;
}
