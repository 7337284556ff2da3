import type { Service } from "../../../domain/oncall/service.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { findService } from "./find-service.ts";
import type { ServiceDeps } from "./put-service.ts";

/**
 * Deletes the settings of a service. Its later incidents go to the team of its name, or to the default team.
 *
 * @throws NotFound
 */
export function deleteService(deps: Omit<ServiceDeps, "schedules">, name: string): Promise<Service> {
  return retryOnConflict(async () => {
    const service = await findService(deps, name);
    await deps.authorize({ team: service.team });
    await deps.services.remove(service);
    return service;
  });
}
