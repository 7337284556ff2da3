import { AlreadyCreated } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type {
  Integration,
  IntegrationActivity,
  IntegrationError,
} from "../../domain/integrations/integration.ts";
import type { Sha256 } from "../../domain/notifications/proof.ts";
import { defaultServiceSettings } from "../../domain/oncall/service.ts";
import { putService } from "../oncall/services.ts";
import type { IntegrationActivityStore, IntegrationStore } from "../ports/integrations.ts";
import type { ServiceStore } from "../ports/oncall.ts";
import type { Page, PageRequest } from "../ports/page.ts";
import type { MakeSecret, Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

interface IntegrationDeps {
  readonly integrations: IntegrationStore;
}

interface ActivityDeps {
  readonly activity: IntegrationActivityStore;
}

/** An integration and its activity. */
interface WithActivity {
  readonly integration: Integration;
  readonly activity: IntegrationActivity;
}

interface MakingDeps extends IntegrationDeps {
  /** 128 random bits in lower-case hex. */
  readonly makeKey: MakeSecret;
  readonly sha256: Sha256;
}

/** The integration with its key, which is shown only once. */
export interface WithKey extends WithActivity {
  readonly key: string;
}

interface IntegrationDraft extends Pick<Integration, "name" | "type" | "service" | "settings"> {
  /** Team that owns the service; null to keep the current owner. */
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
  return { integration, activity: activityIn(new Map(), integration), key };
}

async function own(services: ServiceStore, name: string, team: string, now: number): Promise<void> {
  if ((await services.find(name))?.team === team) return;
  await putService({ services }, name, (known) => ({ ...defaultServiceSettings, ...known, team }), now);
}

/**
 * Replaces the key. The old key stops working within ten seconds.
 *
 * @throws NotFound
 * @throws AlreadyCreated if it was rotated since `now`; that rotation's key stays
 */
export function rotateIntegration(
  deps: MakingDeps & ActivityDeps,
  id: string,
  now: number,
): Promise<WithKey> {
  return retryOnConflict(async () => {
    const known = await findIntegration(deps, id);
    if (known.rotatedAt !== null && known.rotatedAt >= now) throw new AlreadyCreated(id);
    const { key, keyDigest } = fresh(deps);
    const rotated = await deps.integrations.rotate(known, { ...known, keyDigest, rotatedAt: now });
    return { ...(await withActivity(deps, rotated)), key };
  });
}

/** @returns the deleted integration @throws NotFound */
export async function deleteIntegration(
  deps: IntegrationDeps & ActivityDeps,
  id: string,
): Promise<WithActivity> {
  const found = await retryOnConflict(async () => {
    const known = await withActivity(deps, await findIntegration(deps, id));
    await deps.integrations.remove(known.integration);
    return known;
  });
  await deps.activity.forget(id);
  return found;
}

/** Reads an integration with its latest errors, newest first. @throws NotFound */
export async function readIntegration(
  deps: IntegrationDeps & ActivityDeps,
  id: string,
): Promise<WithActivity & { readonly errors: readonly IntegrationError[] }> {
  const [found, errors] = await Promise.all([
    findIntegration(deps, id).then((integration) => withActivity(deps, integration)),
    deps.activity.latestErrors(id),
  ]);
  return { ...found, errors };
}

export async function listIntegrations(
  deps: IntegrationDeps & ActivityDeps,
  page: PageRequest,
): Promise<Page<WithActivity>> {
  const { items, next } = await deps.integrations.list(page);
  const known = await deps.activity.of(items.map(({ id }) => id));
  return {
    items: items.map((integration) => ({ integration, activity: activityIn(known, integration) })),
    next,
  };
}

async function withActivity(deps: ActivityDeps, integration: Integration): Promise<WithActivity> {
  return { integration, activity: activityIn(await deps.activity.of([integration.id]), integration) };
}

function activityIn(
  known: ReadonlyMap<string, IntegrationActivity>,
  { id }: Integration,
): IntegrationActivity {
  return known.get(id) ?? { integrationId: id, events: 0, errors: 0, lastEventAt: null };
}

/** @throws NotFound */
async function findIntegration({ integrations }: IntegrationDeps, id: string): Promise<Integration> {
  return required(await integrations.find(id), "integration", id);
}

function fresh({ makeKey, sha256 }: MakingDeps): { key: string; keyDigest: string } {
  const key = makeKey();
  return { key, keyDigest: sha256(key) };
}
