import type { IntegrationError } from "../../domain/integrations/integration.ts";
import { findIntegration } from "./find-integration.ts";
import type { ActivityDeps, IntegrationDeps, WithActivity } from "./integration-deps.ts";
import { withActivity } from "./read-activity.ts";

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
