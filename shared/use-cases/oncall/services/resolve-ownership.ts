import type { Ownership } from "../../../domain/alerts/correlation.ts";
import { withLinks } from "../../../domain/incidents/incident-links.ts";
import {
  defaultServiceSettings,
  linksOfService,
  newService,
  type Service,
  serviceSettingsOf,
} from "../../../domain/oncall/service.ts";
import type { ScheduleLoader } from "../load-once.ts";

export interface OwnershipDeps {
  readonly services: {
    /** Returns the service as it was at some time after `since`. */
    find(name: string, since: number): Promise<Service | undefined>;
  };
  readonly schedules: ScheduleLoader;
  readonly defaultTeam: string;
}

/**
 * Returns the team that owns a service: the assigned team, otherwise the team of the same name, otherwise the
 * default team. The links are bounded as those of an incident.
 */
export async function resolveOwnership(
  deps: OwnershipDeps,
  serviceName: string,
  at: number,
): Promise<Ownership> {
  const service = await deps.services.find(serviceName, at);
  const owner = service && { team: service.team, urgency: service.urgency, ...serviceSettingsOf(service) };
  if (owner) return withLinks<Ownership>(owner, linksOfService(service));
  return {
    team: (await isTeam(deps.schedules, serviceName, at)) ? serviceName : deps.defaultTeam,
    urgency: newService.urgency,
    ...defaultServiceSettings,
  };
}

/** Returns false for a service that only the default team stands in for. Reads up to one unit. */
export async function isOwned(deps: OwnershipDeps, serviceName: string, at: number): Promise<boolean> {
  return (await deps.services.find(serviceName, at)) !== undefined || isTeam(deps.schedules, serviceName, at);
}

/** Returns true if a team of the name has a schedule. */
export async function isTeam(schedules: ScheduleLoader, name: string, at: number): Promise<boolean> {
  return Boolean((await schedules.load(name, at))?.schedule);
}
