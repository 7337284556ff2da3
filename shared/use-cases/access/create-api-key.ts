import { type ApiKeyDraft, faultsOfKey } from "../../domain/access/api-key.ts";
import { Invalid } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Ulid } from "../ports/system.ts";
import { type MakingDeps, makeApiKey, type WithSecret } from "./make-api-key.ts";

/** @throws Invalid if the key would already be expired, or its limits contradict its scopes */
export async function createApiKey(
  deps: MakingDeps & { readonly ulid: Ulid },
  draft: ApiKeyDraft,
  now: number,
): Promise<WithSecret> {
  const faults = faultsOfKey(draft, now);
  if (faults.length > 0) throw new Invalid(faults);
  const { secret, ...known } = makeApiKey(deps);
  const id = idPrefixes.apiKey + deps.ulid(now);
  const apiKey = { ...draft, ...known, id, createdAt: now, rotatedAt: null, revokedAt: null, version: 0 };
  await deps.apiKeys.create(apiKey);
  return { apiKey, secret };
}
