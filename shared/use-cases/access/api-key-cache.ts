import { ttlCache } from "../../caching/ttl-cache.ts";
import { type ApiKey, isValid } from "../../domain/access/api-key.ts";
import { limits } from "../../domain/limits.ts";
import type { ApiKeyStore } from "../ports/access.ts";
import type { Clock, Log } from "../ports/system.ts";

const cacheMs = limits.apiKeyCacheSeconds * 1_000;
const useMs = limits.apiKeyUseSeconds * 1_000;

/** Finds the valid key of a digest. */
type FindApiKey = (digest: string) => Promise<ApiKey | undefined>;

interface ApiKeyCacheDeps {
  readonly apiKeys: Pick<ApiKeyStore, "findByDigest" | "recordUse">;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Looks up keys and caches the results for some seconds. A storm of requests costs one read, and a revoked
 * key may work for that long. The last use of a key is recorded about once per hour.
 *
 * @throws Unavailable from every call while the table does not respond
 */
export function apiKeyCache({ apiKeys, clock, log }: ApiKeyCacheDeps): FindApiKey {
  const lookUp = ttlCache(cacheMs, clock, (digest) => apiKeys.findByDigest(digest));
  const recordedAt = new Map<string, number>();

  async function recordUse(key: ApiKey, now: number): Promise<void> {
    const { id } = key;
    if (now < (recordedAt.get(id) ?? 0) + useMs) return;
    recordedAt.set(id, now);
    try {
      await apiKeys.recordUse(key, now, now - useMs);
    } catch (error) {
      // Recording failures must not reject requests.
      log.warn("the use of a key was not recorded", { error });
      // The next request tries again, because administrators must be notified.
      if (key.breakGlass) recordedAt.delete(id);
    }
  }

  return async (digest) => {
    const key = await lookUp(digest);
    const now = clock();
    if (!key || !isValid(key, now)) return undefined;
    await recordUse(key, now);
    return key;
  };
}
