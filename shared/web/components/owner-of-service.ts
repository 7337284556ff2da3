import type { Service } from "../../domain/oncall/service.ts";
import type { Page } from "../../use-cases/ports/page.ts";

/** Returns the team that owns a service, as far as a list of services tells; undefined if it does not. */
export type OwnerOfService = (service: string) => string | undefined;

/** A service without settings belongs to the team of its name. */
export function ownersIn({ items, next }: Page<Service>): OwnerOfService {
  const teams = new Map(items.map(({ name, team }) => [name, team]));
  return (service) => teams.get(service) ?? (next === null ? service : undefined);
}
