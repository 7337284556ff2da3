/** `scim` lets an identity provider provision people and groups. */
export const keyScopes = ["ingest", "read", "write", "scim", "admin"] as const;
export type KeyScope = (typeof keyScopes)[number];

/** Credential of a program or a person. Times are epoch milliseconds. */
export interface ApiKey {
  /** `key_` and a ULID. */
  readonly id: string;
  /** Name recorded as the actor of requests with this key. */
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** First characters of the key, which identify it to people. */
  readonly keyPrefix: string;
  /**
   * SHA-256 of the key, in hex. Slow hashing is unnecessary for 256 random bits. The key itself is not
   * stored.
   */
  readonly keyDigest: string;
  readonly createdAt: number;
  readonly rotatedAt: number | null;
  /** Expiry time; null if the key never expires. */
  readonly validUntil: number | null;
  readonly revokedAt: number | null;
  readonly version: number;
}

/** Prefix of every key, so that secret scanners can detect it. */
const mark = "ipk_";
const prefixLength = mark.length + 6;

/** @param random 256 bits in base64url */
export function apiKeyOf(random: string): string {
  return mark + random;
}

export function apiKeyPrefix(key: string): string {
  return key.slice(0, prefixLength);
}

/** Returns true if the text has the format of an API key. */
export function looksLikeApiKey(text: string): boolean {
  return /^ipk_[\w-]{43}$/.test(text);
}

/** Returns true if the key is neither expired nor revoked. */
export function isValid({ validUntil, revokedAt }: ApiKey, now: number): boolean {
  return revokedAt === null && (validUntil === null || now < validUntil);
}
