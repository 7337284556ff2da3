import type { Subject } from "../../../domain/access/decide.ts";
import { ownerOf } from "../../../domain/oncall/service.ts";
import type { Authorize } from "../../ports/access.ts";
import type { ServiceStore } from "../../ports/oncall.ts";

/** Dependencies of changes to what belongs to the owner of a service. */
export interface OwnedDeps {
  readonly services: Pick<ServiceStore, "find">;
  readonly authorize: Authorize;
}

/**
 * Returns a function that reads who owns a service, for up to one unit. One that only the default team stands in for
 * belongs to no other team.
 */
export function subjectOfService({ services }: OwnedDeps, service: string): () => Promise<Subject> {
  return async () => ({ team: ownerOf(service, await services.find(service)) });
}
