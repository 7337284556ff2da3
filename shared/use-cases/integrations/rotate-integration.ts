import { AlreadyCreated } from "../../domain/errors.ts";
import { subjectOfService } from "../oncall/services/subject-of-service.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { findIntegration } from "./find-integration.ts";
import type { ActivityDeps, MakingDeps, WithKey } from "./integration-deps.ts";
import { makeIntegrationKey } from "./make-integration-key.ts";
import { withActivity } from "./read-activity.ts";

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
    await deps.authorize(subjectOfService(deps, known.service));
    if (known.rotatedAt !== null && known.rotatedAt >= now) throw new AlreadyCreated(id);
    const { key, keyDigest } = makeIntegrationKey(deps);
    const rotated = await deps.integrations.rotate(known, { ...known, keyDigest, rotatedAt: now });
    return { ...(await withActivity(deps, rotated)), key };
  });
}
