import { createHmac, timingSafeEqual } from "node:crypto";

/** Returns the HMAC-SHA256 of a text. */
export function hmac(secret: string, text: string): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}

/** Returns the HMAC-SHA1 of a text, for protocols that require it. */
export function hmacSha1(secret: string, text: string): Buffer {
  return createHmac("sha1", secret).update(text).digest();
}

/**
 * Returns true if a signature is valid for one of the secrets. Several secrets are valid while they are rotated. The time
 * that it takes is independent of where the signatures differ.
 */
export function isSigned(
  presented: string,
  secrets: readonly string[],
  sign: (secret: string) => string,
): boolean {
  const given = Buffer.from(presented);
  const matches = secrets.map((secret) => {
    const expected = Buffer.from(sign(secret));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  return matches.includes(true);
}
