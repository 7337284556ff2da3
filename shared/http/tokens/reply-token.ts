/** Tokens in the message IDs of notifications. An answer that refers to one acts as the notification's recipient. */
import { openToken, signToken } from "./signed-token.ts";

/** @returns `ntf_….signature`, which mail servers and clients keep unchanged in a message ID */
export function signReply(notificationId: string, secret: string): string {
  return signToken("reply", notificationId, secret);
}

/** Returns the ID of the notification; undefined if no secret has signed it. */
export function readReply(token: string, secrets: readonly string[]): string | undefined {
  return openToken("reply", token, secrets);
}
