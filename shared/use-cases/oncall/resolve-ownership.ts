import type { Ownership } from "../../domain/alerts/correlation.ts";
import { defaultServiceSettings, serviceSettingsOf } from "../../domain/oncall/service.ts";
import type { ScheduleStore, ServiceStore } from "../ports/oncall.ts";

export interface OwnershipDeps {
  readonly services: ServiceStore;
  readonly schedules: ScheduleStore;
  readonly defaultTeam: string;
}

/**
 * Returns the team that owns a service: the assigned team, otherwise the team of the same name, otherwise the
 * default team.
 */
export async function resolveOwnership(deps: OwnershipDeps, serviceName: string): Promise<Ownership> {
  const service = await deps.services.find(serviceName);
  if (service) return { team: service.team, ...serviceSettingsOf(service) };
  const namesake = await deps.schedules.exists(serviceName);
  return { team: namesake ? serviceName : deps.defaultTeam, ...defaultServiceSettings };
}
