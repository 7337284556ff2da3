import { type ApiKey, apiKeyOf, apiKeyPrefix } from "../../domain/access/api-key.ts";
import type { Sha256 } from "../../domain/hash-chain.ts";
import type { ApiKeyStore } from "../ports/access.ts";
import type { MakeSecret } from "../ports/system.ts";

export interface ApiKeyDeps {
  readonly apiKeys: ApiKeyStore;
}

export interface MakingDeps extends ApiKeyDeps {
  /** 256 random bits in base64url. */
  readonly makeKey: MakeSecret;
  readonly sha256: Sha256;
}

/** A key's record with the key itself, which is shown only once. */
export interface WithSecret {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

export interface WithUse {
  readonly apiKey: ApiKey;
  /** Null if it was never used. */
  readonly lastUsedAt: number | null;
}

export function makeApiKey({ makeKey, sha256 }: MakingDeps) {
  const secret = apiKeyOf(makeKey());
  return { secret, keyDigest: sha256(secret), keyPrefix: apiKeyPrefix(secret) };
}
