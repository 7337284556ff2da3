import { idPrefixes } from "../domain/ids.ts";
import type { Integration } from "../domain/integration.ts";
import type { Sha256 } from "../domain/proof.ts";
import { existing } from "./existing.ts";
import type { IntegrationStore, MakeSecret, ServiceStore, Ulid } from "./ports.ts";
import { retryStale } from "./retry-stale.ts";

interface IntegrationDeps {
  readonly integrations: IntegrationStore;
}

interface MakingDeps extends IntegrationDeps {
  /** 128 random bits in lower-case hex. */
  readonly makeKey: MakeSecret;
  readonly sha256: Sha256;
}

/** An integration, and its key, which nobody will be told again. */
export interface WithKey {
  readonly integration: Integration;
  readonly key: string;
}

export interface IntegrationDraft extends Pick<Integration, "name" | "type" | "service" | "settings"> {
  /** Who owns the service from now on; null leaves that as it is. */
  readonly team: string | null;
}

export async function createIntegration(
  deps: MakingDeps & { readonly services: ServiceStore; readonly ulid: Ulid },
  { team, ...draft }: IntegrationDraft,
  now: number,
): Promise<WithKey> {
  if (team !== null) await own(deps.services, draft.service, team, now);
  const { key, keyDigest } = fresh(deps);
  const id = idPrefixes.integration + deps.ulid(now);
  const integration = { ...draft, id, keyDigest, createdAt: now, rotatedAt: null, version: 0 };
  await deps.integrations.create(integration);
  return { integration, key };
}

async function own(services: ServiceStore, name: string, team: string, now: number): Promise<void> {
  const known = await services.find(name);
  if (known?.team === team) return;
  await services.put({ autoResolveSeconds: null, ...known, name, team, updatedAt: now });
}

/** Puts another key in its place; the old one opens nothing after ten seconds. @throws NotFound */
export function rotateIntegration(deps: MakingDeps, id: string, now: number): Promise<WithKey> {
  return retryStale(async () => {
    const known = await findIntegration(deps, id);
    const { key, keyDigest } = fresh(deps);
    return {
      integration: await deps.integrations.rotate(known, { ...known, keyDigest, rotatedAt: now }),
      key,
    };
  });
}

/** @throws NotFound */
export function deleteIntegration(deps: IntegrationDeps, id: string): Promise<Integration> {
  return retryStale(async () => {
    const known = await findIntegration(deps, id);
    await deps.integrations.remove(known);
    return known;
  });
}

/** @throws NotFound */
export async function findIntegration({ integrations }: IntegrationDeps, id: string): Promise<Integration> {
  return existing(await integrations.find(id), "integration", id);
}

function fresh({ makeKey, sha256 }: MakingDeps): { key: string; keyDigest: string } {
  const key = makeKey();
  return { key, keyDigest: sha256(key) };
}
