import { hmac, isSigned } from "../../crypto/hmac.ts";

const toleranceSeconds = 300;

/**
 * Returns true if Slack sent this body within the last five minutes: `X-Slack-Signature` is `v0=` and the hex
 * HMAC-SHA256 of `v0:{X-Slack-Request-Timestamp}:{body}`.
 *
 * @param body raw body
 * @param now epoch milliseconds
 */
export function isSentBySlack(
  headers: Headers,
  body: string,
  secrets: readonly string[],
  now: number,
): boolean {
  const timestamp = headers.get("x-slack-request-timestamp") ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(Math.floor(now / 1_000) - Number(timestamp)) > toleranceSeconds) return false;
  return isSigned(
    headers.get("x-slack-signature") ?? "",
    secrets,
    (secret) => `v0=${hmac(secret, `v0:${timestamp}:${body}`).toString("hex")}`,
  );
}
