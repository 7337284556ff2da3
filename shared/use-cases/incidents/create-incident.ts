import { AlreadyExists } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { type Incident, openIncident } from "../../domain/incidents/incident.ts";
import { urgencyFields } from "../../domain/incidents/incident-urgency.ts";
import type { Person } from "../../domain/person.ts";
import type { Severity } from "../../domain/severity.ts";
import { type FirstStepDeps, startEscalation } from "../oncall/escalate.ts";
import { loadOnce } from "../oncall/load-once.ts";
import { type OwnershipDeps, resolveOwnership } from "../oncall/services/resolve-ownership.ts";
import type { Authorize } from "../ports/access.ts";
import type { Ulid } from "../ports/system.ts";
import { type DiscardStatsDeps, discardStatsIfLate } from "./discard-stats.ts";
import { type PublishDeps, tryPublishEvents } from "./publish-events.ts";

interface IncidentDraft {
  readonly title: string;
  readonly description: string | null;
  readonly service: string;
  readonly severity: Severity;
  readonly team: string | null;
  readonly assignedTo: Person | null;
}

interface CreateIncidentDeps extends PublishDeps, OwnershipDeps, FirstStepDeps, DiscardStatsDeps {
  readonly ulid: Ulid;
  readonly authorize: Authorize;
}

/** Opens an incident manually. Idempotent for the same IDs (of a repeated request). */
export async function createIncident(
  deps: CreateIncidentDeps,
  draft: IncidentDraft,
  now: number,
  actor: string | null,
): Promise<Incident> {
  const ulid = deps.ulid(now);
  const id = idPrefixes.incident + ulid;
  const existing = await deps.incidents.find(id);
  if (existing) return existing;
  const schedules = loadOnce(deps.schedules);
  const owner = await resolveOwnership({ ...deps, schedules }, draft.service, now);
  const team = draft.team ?? owner.team;
  await deps.authorize({ team });
  const number = await deps.incidents.nextNumber();
  const { urgency, ...settings } = owner;
  const opening = {
    ...settings,
    ...draft,
    id,
    number,
    team,
    dedupKey: null,
    source: "manual",
    createdAt: now,
    ...urgencyFields(urgency, draft.severity, now),
  };
  const opened = openIncident(opening, idPrefixes.event + ulid, actor);
  const { incident, policy } = await startEscalation({ ...deps, schedules }, opened);
  await discardStatsIfLate(deps, now);
  const created = await deps.incidents.create(incident, null, policy).catch(async (error) => {
    const theirs = error instanceof AlreadyExists ? await deps.incidents.find(id) : undefined;
    if (theirs) return theirs;
    throw error;
  });
  await tryPublishEvents(deps, created);
  return created;
}
