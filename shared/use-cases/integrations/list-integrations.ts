import type { Page, PageRequest } from "../ports/page.ts";
import {
  type ActivityDeps,
  activityIn,
  type IntegrationDeps,
  type WithActivity,
} from "./integration-with-activity.ts";

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
