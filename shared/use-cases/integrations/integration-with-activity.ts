import type { Integration, IntegrationActivity } from "../../domain/integrations/integration.ts";
import type { Sha256 } from "../../domain/notifications/proof.ts";
import type { IntegrationActivityStore, IntegrationStore } from "../ports/integrations.ts";
import type { MakeSecret } from "../ports/system.ts";
import { required } from "../required.ts";

export interface IntegrationDeps {
  readonly integrations: IntegrationStore;
}

export interface ActivityDeps {
  readonly activity: IntegrationActivityStore;
}

/** An integration and its activity. */
export interface WithActivity {
  readonly integration: Integration;
  readonly activity: IntegrationActivity;
}

export interface MakingDeps extends IntegrationDeps {
  /** 128 random bits in lower-case hex. */
  readonly makeKey: MakeSecret;
  readonly sha256: Sha256;
}

/** The integration with its key, which is shown only once. */
export interface WithKey extends WithActivity {
  readonly key: string;
}

export async function withActivity(deps: ActivityDeps, integration: Integration): Promise<WithActivity> {
  return { integration, activity: activityIn(await deps.activity.of([integration.id]), integration) };
}

export function activityIn(
  known: ReadonlyMap<string, IntegrationActivity>,
  { id }: Integration,
): IntegrationActivity {
  return known.get(id) ?? { integrationId: id, events: 0, errors: 0, lastEventAt: null };
}

/** @throws NotFound */
export async function findIntegration({ integrations }: IntegrationDeps, id: string): Promise<Integration> {
  return required(await integrations.find(id), "integration", id);
}

export function fresh({ makeKey, sha256 }: MakingDeps): { key: string; keyDigest: string } {
  const key = makeKey();
  return { key, keyDigest: sha256(key) };
}
