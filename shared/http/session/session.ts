/**
 * Signed sessions in a cookie. That of an API key contains the key's digest, so revoking the key ends its sessions. That
 * of a person refers to their account, which says which sessions are over.
 *
 *     0tj9x0g . 3f9a… . nonce . mac        0tj9x0g . W10 . mac
 *     │         │               │                    └ JSON of the session of a person
 *     │         │               └ HMAC-SHA256 of all before it, and of the kind of the session
 *     │         └ the key's digest
 *     └ expiry: epoch seconds in base 36
 */
import type { PersonSession } from "../../domain/access/account.ts";
import { limits } from "../../domain/limits.ts";
import { openToken, signToken } from "../tokens/signed-token.ts";

export type Session =
  | { readonly kind: "key"; readonly sha256: string }
  | (PersonSession & { readonly kind: "person" });

/** @param now epoch milliseconds */
export function signSession(
  { sha256 }: { readonly sha256: string },
  secret: string,
  nonce: string,
  now: number,
): string {
  return signToken("session", `${expiryAt(now)}.${sha256}.${nonce}`, secret);
}

export function signPersonSession(session: PersonSession, secret: string): string {
  const { accountId, identity, id, providerSessionId, issuedAt } = session;
  const fields: Fields = [accountId, identity.issuer, identity.subject, id, providerSessionId, issuedAt];
  const packed = Buffer.from(JSON.stringify(fields)).toString("base64url");
  return signToken("person", `${expiryAt(issuedAt)}.${packed}`, secret);
}

type Fields = [
  accountId: string,
  issuer: string,
  subject: string,
  id: string,
  providerSessionId: string | null,
  issuedAt: number,
];

/** Returns the session of a cookie; undefined if it has expired or its signature is invalid. */
export function readSession(token: string, secrets: readonly string[], now: number): Session | undefined {
  const ofKey = unexpired(openToken("session", token, secrets), now);
  if (ofKey !== undefined) return { kind: "key", sha256: ofKey };
  const ofPerson = unexpired(openToken("person", token, secrets), now);
  if (ofPerson === undefined) return undefined;
  const [accountId, issuer, subject, id, providerSessionId, issuedAt] = JSON.parse(
    Buffer.from(ofPerson, "base64url").toString(),
  ) as Fields;
  return { kind: "person", accountId, identity: { issuer, subject }, id, providerSessionId, issuedAt };
}

function expiryAt(now: number): string {
  return (Math.floor(now / 1_000) + limits.sessionSeconds).toString(36);
}

/** Returns the second claim unless the first one, the expiry, has passed. */
function unexpired(claims: string | undefined, now: number): string | undefined {
  const [endsAt = "", claim] = claims?.split(".") ?? [];
  return now < Number.parseInt(endsAt, 36) * 1_000 ? claim : undefined;
}
