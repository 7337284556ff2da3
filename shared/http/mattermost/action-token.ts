/** Tokens of buttons in Mattermost: each is for one action on one incident, for a limited time. */
import { limits } from "../../domain/limits.ts";
import { Unauthenticated } from "../errors.ts";
import { openToken, signToken } from "../tokens/signed-token.ts";

/** @param action action and incident: `acknowledge inc_1` */
export function signAction(action: string, secret: string, now: number): string {
  const expiresAt = Math.floor(now / 1_000) + limits.linkSeconds;
  return signToken("action", `${expiresAt.toString(36)}.${action}`, secret);
}

/**
 * Returns the action of a token; `now` is epoch milliseconds.
 *
 * @throws Unauthenticated if the platform has not signed it, or it has expired
 */
export function openAction(token: string, secrets: readonly string[], now: number): string {
  const [ends = "", ...action] = (openToken("action", token, secrets) ?? "").split(".");
  if (action.length === 0) throw new Unauthenticated("The button's token is missing or not signed");
  if (now >= Number.parseInt(ends, 36) * 1_000) throw new Unauthenticated("This button has expired");
  return action.join(".");
}
