import { createHmac, timingSafeEqual } from "node:crypto";

/** HMAC-SHA256 of a text. */
export function hmac(secret: string, text: string): Buffer {
  return createHmac("sha256", secret).update(text).digest();
}

/**
 * Whether a signature is the one that some secret makes; how long it takes says nothing about where they differ.
 * Several secrets: while one takes the place of another.
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
