/** Tokens of calls: each lets the provider ask what to say about one notification, for a limited time. */
import { limits } from "../../domain/limits.ts";
import { NoSuchPath } from "../errors.ts";
import { openToken, signToken } from "./signed-token.ts";

/** Paths at which providers ask what to say, and report pressed keys. */
export const callPaths = {
  twilio: (token: string) => `/twilio/voice/${token}`,
  vonage: (token: string) => `/vonage/calls/${token}`,
} as const;

/** Returns a token that is valid for `limits.callSeconds`. */
export function signCall(notificationId: string, secret: string, now: number): string {
  const expiresAt = Math.floor(now / 1_000) + limits.callSeconds;
  return signToken("call", `${expiresAt.toString(36)}.${notificationId}`, secret);
}

/**
 * Returns the ID of the notification of a token; `now` is epoch milliseconds.
 *
 * @throws NoSuchPath if the platform has not signed it, or it has expired
 */
export function openCall(token: string, secrets: readonly string[], now: number): string {
  const [ends = "", ...id] = (openToken("call", token, secrets) ?? "").split(".");
  if (id.length === 0 || now >= Number.parseInt(ends, 36) * 1_000)
    throw new NoSuchPath("This call has ended or was not made by this platform");
  return id.join(".");
}
