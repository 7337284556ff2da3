import { ownerOf, type Service } from "../../domain/oncall/service.ts";
import type { Page } from "../../use-cases/ports/page.ts";

/** Returns the team that owns a service, as far as a list of services tells; undefined if it does not. */
export type OwnerOfService = (service: string) => string | undefined;

/** Returns a function that looks up owners in a list of services. One that is not listed may be on a later page. */
export function ownersIn({ items, next }: Page<Service>): OwnerOfService {
  const services = new Map(items.map((service) => [service.name, service]));
  return (name) => (services.has(name) || next === null ? ownerOf(name, services.get(name)) : undefined);
}
