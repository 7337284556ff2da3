import type { Integration, IntegrationActivity } from "../../domain/integrations/integration.ts";
import type { ActivityDeps, WithActivity } from "./integration-deps.ts";

export async function withActivity(deps: ActivityDeps, integration: Integration): Promise<WithActivity> {
  return { integration, activity: activityIn(await deps.activity.of([integration.id]), integration) };
}

export function activityIn(
  known: ReadonlyMap<string, IntegrationActivity>,
  { id }: Integration,
): IntegrationActivity {
  return known.get(id) ?? { integrationId: id, events: 0, errors: 0, lastEventAt: null };
}
