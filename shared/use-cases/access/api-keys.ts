import { type ApiKey, apiKeyOf, apiKeyPrefix, isValid } from "../../domain/access/api-key.ts";
import { AlreadyCreated, Conflict, Invalid } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Sha256 } from "../../domain/notifications/proof.ts";
import type { ApiKeyStore } from "../ports/access.ts";
import type { Page, PageRequest } from "../ports/page.ts";
import type { MakeSecret, Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

interface ApiKeyDeps {
  readonly apiKeys: ApiKeyStore;
}

interface MakingDeps extends ApiKeyDeps {
  /** 256 random bits in base64url. */
  readonly makeKey: MakeSecret;
  readonly sha256: Sha256;
}

/** A key's record with the key itself, which is shown only once. */
interface WithSecret {
  readonly apiKey: ApiKey;
  readonly secret: string;
}

interface WithUse {
  readonly apiKey: ApiKey;
  /** Null if it was never used. */
  readonly lastUsedAt: number | null;
}

/** @throws Invalid if the key would already be expired */
export async function createApiKey(
  deps: MakingDeps & { readonly ulid: Ulid },
  draft: Pick<ApiKey, "name" | "scopes" | "validUntil">,
  now: number,
): Promise<WithSecret> {
  if (draft.validUntil !== null && draft.validUntil <= now)
    throw new Invalid([{ path: "expires_at", message: "must be in the future" }]);
  const { secret, ...known } = fresh(deps);
  const id = idPrefixes.apiKey + deps.ulid(now);
  const apiKey = { ...draft, ...known, id, createdAt: now, rotatedAt: null, revokedAt: null, version: 0 };
  await deps.apiKeys.create(apiKey);
  return { apiKey, secret };
}

/**
 * Replaces the key and keeps its scopes and expiry.
 *
 * @throws NotFound
 * @throws AlreadyCreated if it was rotated since `now`; that rotation's key stays
 * @throws Conflict if it is expired or revoked
 */
export function rotateApiKey(deps: MakingDeps, id: string, now: number): Promise<WithSecret & WithUse> {
  return retryOnConflict(async () => {
    const { apiKey: known, lastUsedAt } = await readApiKey(deps, id);
    if (!isValid(known, now))
      throw new Conflict(`The key ${JSON.stringify(known.name)} is expired or revoked: create a new one`);
    if (known.rotatedAt !== null && known.rotatedAt >= now) throw new AlreadyCreated(id);
    const { secret, ...changed } = fresh(deps);
    const apiKey = await deps.apiKeys.replace(known, { ...known, ...changed, rotatedAt: now });
    return { apiKey, lastUsedAt, secret };
  });
}

/** Revokes a key. It stays in the list. Repeating the call has no effect. @throws NotFound */
export function revokeApiKey(deps: ApiKeyDeps, id: string, now: number): Promise<WithUse> {
  return retryOnConflict(async () => {
    const found = await readApiKey(deps, id);
    if (found.apiKey.revokedAt !== null) return found;
    return {
      ...found,
      apiKey: await deps.apiKeys.replace(found.apiKey, { ...found.apiKey, revokedAt: now }),
    };
  });
}

function fresh({ makeKey, sha256 }: MakingDeps) {
  const secret = apiKeyOf(makeKey());
  return { secret, keyDigest: sha256(secret), keyPrefix: apiKeyPrefix(secret) };
}

/** @throws NotFound */
export async function readApiKey({ apiKeys }: ApiKeyDeps, id: string): Promise<WithUse> {
  const apiKey = required(await apiKeys.find(id), "key", id);
  return { apiKey, lastUsedAt: (await apiKeys.lastUses([id])).get(id) ?? null };
}

export async function listApiKeys({ apiKeys }: ApiKeyDeps, page: PageRequest): Promise<Page<WithUse>> {
  const { items, next } = await apiKeys.list(page);
  const uses = await apiKeys.lastUses(items.map(({ id }) => id));
  return { items: items.map((apiKey) => ({ apiKey, lastUsedAt: uses.get(apiKey.id) ?? null })), next };
}

/** Returns true if at least one key was ever created. */
export async function hasApiKeys({ apiKeys }: ApiKeyDeps): Promise<boolean> {
  return (await apiKeys.list({ limit: 1, after: null })).items.length > 0;
}
