import { type OwnedDeps, subjectOfService } from "../oncall/services/subject-of-service.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { findIntegration } from "./find-integration.ts";
import type { ActivityDeps, IntegrationDeps, WithActivity } from "./integration-deps.ts";
import { withActivity } from "./read-activity.ts";

/** @returns the deleted integration @throws NotFound */
export async function deleteIntegration(
  deps: IntegrationDeps & ActivityDeps & OwnedDeps,
  id: string,
): Promise<WithActivity> {
  const found = await retryOnConflict(async () => {
    const known = await withActivity(deps, await findIntegration(deps, id));
    await deps.authorize(subjectOfService(deps, known.integration.service));
    await deps.integrations.remove(known.integration);
    return known;
  });
  await deps.activity.forget(id);
  return found;
}
