import type { ApiKey } from "../../domain/access/api-key.ts";
import { Invalid } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Ulid } from "../ports/system.ts";
import { type MakingDeps, makeApiKey, type WithSecret } from "./make-api-key.ts";

/** @throws Invalid if the key would already be expired */
export async function createApiKey(
  deps: MakingDeps & { readonly ulid: Ulid },
  draft: Pick<ApiKey, "name" | "scopes" | "validUntil">,
  now: number,
): Promise<WithSecret> {
  if (draft.validUntil !== null && draft.validUntil <= now)
    throw new Invalid([{ path: "expires_at", message: "must be in the future" }]);
  const { secret, ...known } = makeApiKey(deps);
  const id = idPrefixes.apiKey + deps.ulid(now);
  const apiKey = { ...draft, ...known, id, createdAt: now, rotatedAt: null, revokedAt: null, version: 0 };
  await deps.apiKeys.create(apiKey);
  return { apiKey, secret };
}
