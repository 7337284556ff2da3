import { createHmac, timingSafeEqual } from "node:crypto";

/** Returns the HMAC-SHA256 of a text. */
export function hmac(secret: string | Uint8Array, text: string): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}

/** Returns the HMAC-SHA1 of a text, for protocols that require it. */
export function hmacSha1(secret: string, text: string): Buffer {
  return createHmac("sha1", secret).update(text).digest();
}

/** Returns true if a signature is valid for one of the secrets. Several secrets are valid while they are rotated. */
export function isSigned(
  presented: string,
  secrets: readonly string[],
  sign: (secret: string) => string,
): boolean {
  return matchesAny(presented, secrets.map(sign));
}

/** Returns true if a text is one of the expected. The time that it takes is independent of where they differ. */
export function matchesAny(presented: string, expected: readonly string[]): boolean {
  const given = Buffer.from(presented);
  const matches = expected.map((text) => {
    const wanted = Buffer.from(text);
    return wanted.length === given.length && timingSafeEqual(wanted, given);
  });
  return matches.includes(true);
}
