import { type ApiKeyDraft, faultsOfKey } from "../../domain/access/api-key.ts";
import { Invalid } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { findUnknownTeams, type UnknownTeamDeps } from "../oncall/find-unknown-teams.ts";
import type { Ulid } from "../ports/system.ts";
import { type MakingDeps, makeApiKey, type WithSecret } from "./make-api-key.ts";

interface CreatedKey extends WithSecret {
  /** Teams of the key without a schedule, whose names may be wrong. */
  readonly unknownTeams: readonly string[];
}

/** @throws Invalid if the key would already be expired, or its limits contradict its scopes */
export async function createApiKey(
  deps: MakingDeps & UnknownTeamDeps & { readonly ulid: Ulid },
  draft: ApiKeyDraft,
  now: number,
): Promise<CreatedKey> {
  const faults = faultsOfKey(draft, now);
  if (faults.length > 0) throw new Invalid(faults);
  // Read first, so that no failure loses the secret of a key that exists.
  const unknownTeams = await findUnknownTeams(deps, draft.teams ?? [], now);
  const { secret, ...known } = makeApiKey(deps);
  const id = idPrefixes.apiKey + deps.ulid(now);
  const apiKey = { ...draft, ...known, id, createdAt: now, rotatedAt: null, revokedAt: null, version: 0 };
  await deps.apiKeys.create(apiKey);
  return { apiKey, secret, unknownTeams };
}
