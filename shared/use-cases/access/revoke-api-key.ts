import { retryOnConflict } from "../retry-on-conflict.ts";
import { type AdministratorDeps, guardAdministrators } from "./guard-administrators.ts";
import type { ApiKeyDeps, WithUse } from "./make-api-key.ts";
import { readApiKey } from "./read-api-key.ts";

/**
 * Revokes a key. It stays in the list. Repeating the call has no effect.
 *
 * @throws NotFound
 * @throws Conflict if the change would leave no administrator
 */
export function revokeApiKey(
  deps: ApiKeyDeps & AdministratorDeps,
  id: string,
  now: number,
): Promise<WithUse> {
  return retryOnConflict(async () => {
    const found = await readApiKey(deps, id);
    if (found.apiKey.revokedAt !== null) return found;
    const isAdmin = found.apiKey.scopes.includes("admin");
    const guard = isAdmin ? await guardAdministrators(deps, { revokedKey: id }, now) : undefined;
    const apiKey = await deps.apiKeys.replace(found.apiKey, { ...found.apiKey, revokedAt: now }, guard);
    return { ...found, apiKey };
  });
}
