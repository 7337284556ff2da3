import { retryOnConflict } from "../retry-on-conflict.ts";
import type { ApiKeyDeps, WithUse } from "./make-api-key.ts";
import { readApiKey } from "./read-api-key.ts";

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
