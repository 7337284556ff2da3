import { EditConflict } from "../../domain/errors.ts";
import type { Integration } from "../../domain/integrations/integration.ts";
import { assignService } from "../oncall/services/assign-service.ts";
import { authorizeOwner } from "../oncall/services/put-service.ts";
import { subjectOfService } from "../oncall/services/subject-of-service.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { findIntegration } from "./find-integration.ts";
import type { ChangeIntegrationDeps } from "./integration-deps.ts";

interface IntegrationChanges extends Partial<Pick<Integration, "name" | "service" | "settings">> {
  /** Team that owns the service; null to keep the current owner. */
  readonly team?: string | null;
}

/**
 * Changes an integration, which keeps its key. Requests use the new settings within ten seconds.
 *
 * @param changesOf returns the changes to the stored integration
 * @param base version that was read before the change; null to change any
 * @throws NotFound
 * @throws EditConflict if someone else changed it since
 */
export async function updateIntegration(
  deps: ChangeIntegrationDeps,
  id: string,
  changesOf: (known: Integration) => IntegrationChanges,
  base: number | null,
  now: number,
): Promise<Integration> {
  let owner: string | null = null;
  const updated = await retryOnConflict(async () => {
    const known = await findIntegration(deps, id);
    if (base !== null && known.version !== base)
      throw new EditConflict(
        "name",
        "was saved by someone else in the meantime: save again to overwrite that",
      );
    const { team = null, ...changes } = changesOf(known);
    const { service = known.service } = changes;
    await deps.authorize(subjectOfService(deps, known.service));
    if (team === null) await deps.authorize(subjectOfService(deps, service));
    // Asked before the integration is saved, because the service is assigned afterwards.
    else await authorizeOwner(deps, { name: service, known: await deps.services.find(service), team }, now);
    owner = team;
    return deps.integrations.update(known, { ...known, ...changes });
  });
  if (owner !== null) await assignService(deps, updated.service, owner, now);
  return updated;
}
