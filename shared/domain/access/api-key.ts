export const keyScopes = ["ingest", "read", "write", "admin"] as const;
export type KeyScope = (typeof keyScopes)[number];

/** Lets a program or a person in. Times are epoch milliseconds. */
export interface ApiKey {
  /** `key_` and a ULID. */
  readonly id: string;
  /** In whose name things are done with it. */
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** What the key begins with, for people to tell it by. */
  readonly keyPrefix: string;
  /** SHA-256 of the key, in hex: of 256 random bits there is no guess to slow down. The key itself is stored nowhere. */
  readonly keyDigest: string;
  readonly createdAt: number;
  readonly rotatedAt: number | null;
  /** Null: until it is revoked. */
  readonly validUntil: number | null;
  readonly revokedAt: number | null;
  readonly version: number;
}

/** What every key begins with, so that a scanner of secrets can tell one. */
const mark = "ipk_";
const prefixLength = mark.length + 6;

/** @param random 256 bits in base64url */
export function apiKeyOf(random: string): string {
  return mark + random;
}

export function apiKeyPrefix(key: string): string {
  return key.slice(0, prefixLength);
}

/** Whether a text can be such a key at all. */
export function looksLikeApiKey(text: string): boolean {
  return /^ipk_[\w-]{43}$/.test(text);
}

/** Whether a key lets anybody in. */
export function isValid({ validUntil, revokedAt }: ApiKey, now: number): boolean {
  return revokedAt === null && (validUntil === null || now < validUntil);
}
