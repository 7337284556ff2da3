import type { Service } from "../../domain/oncall/service.ts";
import type { ServiceStore } from "../ports/oncall.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";

export interface ServiceDeps {
  readonly services: ServiceStore;
}

/** Replaces the settings of a service. `change` receives the stored settings, if any. */
export function putService(
  { services }: ServiceDeps,
  name: string,
  change: (known: Service | undefined) => Omit<Service, "name" | "updatedAt">,
  now: number,
): Promise<Service> {
  return retryOnConflict(async () => {
    const known = await services.find(name);
    // Also serves as the version, so it always increases.
    const updatedAt = Math.max(now, (known?.updatedAt ?? 0) + 1);
    const service = { ...change(known), name, updatedAt };
    await services.put(service, known);
    return service;
  });
}
