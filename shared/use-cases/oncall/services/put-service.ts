import type { Service } from "../../../domain/oncall/service.ts";
import type { Authorize } from "../../ports/access.ts";
import type { ServiceStore } from "../../ports/oncall.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import type { ScheduleLoader } from "../load-once.ts";
import { isTeam } from "./resolve-ownership.ts";

export interface ServiceDeps {
  readonly services: ServiceStore;
  readonly schedules: ScheduleLoader;
  readonly authorize: Authorize;
}

/** Replaces the settings of a service. `change` receives the stored settings, if any. */
export function putService(
  { services, schedules, authorize }: ServiceDeps,
  name: string,
  change: (known: Service | undefined) => Omit<Service, "name" | "updatedAt">,
  now: number,
): Promise<Service> {
  return retryOnConflict(async () => {
    const known = await services.find(name);
    // Also serves as the version, so it always increases.
    const updatedAt = Math.max(now, (known?.updatedAt ?? 0) + 1);
    const service = { ...change(known), name, updatedAt };
    await authorizeOwner({ schedules, authorize }, { name, known, team: service.team }, now);
    await services.put(service, known);
    return service;
  });
}

interface Ownership {
  /** Name of the service. */
  readonly name: string;
  /** The stored settings, if any. */
  readonly known: Service | undefined;
  /** Team that is to own the service. */
  readonly team: string;
}

/** Requires the right to make a team the owner of a service, and to take it from its present owner. @throws AccessDenied */
export async function authorizeOwner(
  { schedules, authorize }: Omit<ServiceDeps, "services">,
  { name, known, team }: Ownership,
  now: number,
): Promise<void> {
  if (known) await authorize({ team: known.team });
  else await authorize(async () => ({ team: (await isTeam(schedules, name, now)) ? name : team }));
  await authorize({ team });
}
