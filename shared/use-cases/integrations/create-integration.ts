import { idPrefixes } from "../../domain/ids.ts";
import type { Integration } from "../../domain/integrations/integration.ts";
import { assignService } from "../oncall/services/assign-service.ts";
import { subjectOfService } from "../oncall/services/subject-of-service.ts";
import type { Ulid } from "../ports/system.ts";
import type { MakingDeps, WithKey } from "./integration-deps.ts";
import { makeIntegrationKey } from "./make-integration-key.ts";
import { activityIn } from "./read-activity.ts";

interface IntegrationDraft extends Pick<Integration, "name" | "type" | "service" | "settings"> {
  /** Team that owns the service; null to keep the current owner. */
  readonly team: string | null;
}

export async function createIntegration(
  deps: MakingDeps & { readonly ulid: Ulid },
  { team, ...draft }: IntegrationDraft,
  now: number,
): Promise<WithKey> {
  await deps.authorize(team === null ? subjectOfService(deps, draft.service) : { team });
  if (team !== null) await assignService(deps, draft.service, team, now);
  const { key, keyDigest } = makeIntegrationKey(deps);
  const id = idPrefixes.integration + deps.ulid(now);
  const integration = { ...draft, id, keyDigest, createdAt: now, rotatedAt: null, version: 0 };
  await deps.integrations.create(integration);
  return { integration, activity: activityIn(new Map(), integration), key };
}
