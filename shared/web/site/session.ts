/**
 * Signed sessions: the key's digest and an expiry. A session refers to the key, so revoking the key ends its
 * sessions.
 *
 *     0tj9x0g . 3f9a… . nonce . mac
 *     │         │               └ HMAC-SHA256 of all before it
 *     │         └ the key's digest
 *     └ expiry: epoch seconds in base 36
 */
import { limits } from "../../domain/limits.ts";
import type { ApiKey } from "../../http/access.ts";
import { openToken, signToken } from "../../http/signed-token.ts";

export function signSession(
  { sha256 }: Pick<ApiKey, "sha256">,
  secret: string,
  nonce: string,
  now: number,
): string {
  const endsAt = Math.floor(now / 1_000) + limits.sessionSeconds;
  return signToken("session", `${endsAt.toString(36)}.${sha256}.${nonce}`, secret);
}

/** Returns the key digest of a session; undefined if it has expired or its signature is invalid. */
export function digestOfSession(token: string, secrets: readonly string[], now: number): string | undefined {
  const claims = openToken("session", token, secrets);
  if (claims === undefined) return undefined;
  const [endsAt = "", digest] = claims.split(".");
  return now < Number.parseInt(endsAt, 36) * 1_000 ? digest : undefined;
}
