import type { RoleAssignment, RoleList } from "../../domain/access/roles.ts";
import type { RoleStore } from "../ports/access.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type AdministratorDeps, assertAdministrable } from "./assert-administrable.ts";

/**
 * Replaces the roles in a team, or (null) in all teams.
 *
 * @throws Conflict if nobody could administer the platform then
 */
export function putRoles(
  deps: AdministratorDeps & { readonly roles: RoleStore },
  team: string | null,
  assignments: readonly RoleAssignment[],
  now: number,
): Promise<RoleList> {
  return retryOnConflict(async () => {
    if (team === null) await assertAdministrable(deps, { roles: assignments }, now);
    const known = await deps.roles.find(team);
    return deps.roles.replace(known, { ...known, assignments });
  });
}
