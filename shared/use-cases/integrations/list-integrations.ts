import type { Page, PageRequest } from "../ports/page.ts";
import type { ActivityDeps, IntegrationDeps, WithActivity } from "./integration-deps.ts";
import { activityIn } from "./read-activity.ts";

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
