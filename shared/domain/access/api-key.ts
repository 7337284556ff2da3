import type { Fault } from "../errors.ts";

/** `scim` lets an identity provider provision people and groups. */
export const keyScopes = ["ingest", "read", "write", "scim", "admin"] as const;
export type KeyScope = (typeof keyScopes)[number];

/** Scopes that a scope includes besides itself. */
const includedScopes: Readonly<Record<KeyScope, readonly KeyScope[]>> = {
  ingest: [],
  read: [],
  write: ["read"],
  scim: [],
  admin: ["ingest", "read", "write", "scim"],
};

/** Returns true if one of the scopes is the wanted one or includes it. */
export function includesScope(scopes: readonly KeyScope[], wanted: KeyScope): boolean {
  return scopes.some((scope) => scope === wanted || includedScopes[scope].includes(wanted));
}

/** Credential of a program or a person. Times are epoch milliseconds. */
export interface ApiKey {
  /** `key_` and a ULID. */
  readonly id: string;
  /** Name recorded as the actor of requests with this key. */
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** Teams that the key is limited to when it changes something; null: all. */
  readonly teams: readonly string[] | null;
  /** True for the key of emergencies, whose use notifies all administrators. */
  readonly breakGlass: boolean;
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

/** Last use of a key. */
export interface ApiKeyUse {
  readonly keyId: string;
  readonly at: number;
  /** Name of a break-glass key whose use was not announced yet; otherwise null. */
  readonly breakGlass: string | null;
}

export type ApiKeyDraft = Pick<ApiKey, "name" | "scopes" | "teams" | "breakGlass" | "validUntil">;

/** Returns the faults of a new key. The paths are those of the API. */
export function faultsOfKey({ scopes, teams, breakGlass, validUntil }: ApiKeyDraft, now: number): Fault[] {
  const isAdmin = scopes.includes("admin");
  return [
    validUntil !== null && validUntil <= now && { path: "expires_at", message: "must be in the future" },
    scopes.length > 1 &&
      scopes.includes("scim") && { path: "scopes", message: "must not combine scim with other scopes" },
    teams !== null && isAdmin && { path: "teams", message: "cannot limit the scope admin" },
    teams !== null &&
      !includesScope(scopes, "write") && { path: "teams", message: "requires the scope write" },
    breakGlass && !isAdmin && { path: "break_glass", message: "requires the scope admin" },
    breakGlass &&
      validUntil !== null && { path: "expires_at", message: "must be null for a break-glass key" },
  ].filter((fault) => fault !== false);
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
