import { isValid } from "../../domain/access/api-key.ts";
import { AlreadyCreated, Conflict } from "../../domain/errors.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type MakingDeps, makeApiKey, type WithSecret, type WithUse } from "./make-api-key.ts";
import { readApiKey } from "./read-api-key.ts";

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
    const { secret, ...changed } = makeApiKey(deps);
    const apiKey = await deps.apiKeys.replace(known, { ...known, ...changed, rotatedAt: now });
    return { apiKey, lastUsedAt, secret };
  });
}
