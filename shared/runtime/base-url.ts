import { edgeConfig } from "./config.ts";

/** Where people reach the platform, without a slash at its end: PUBLIC_URL, else as whoever asks has reached it. */
export function baseUrlOf(headers: Headers): string {
  const { PUBLIC_URL } = edgeConfig();
  if (PUBLIC_URL !== "") return PUBLIC_URL;
  const scheme = headers.get("x-forwarded-proto") === "https" ? "https" : "http";
  return `${scheme}://${headers.get("host") ?? "localhost"}`;
}
