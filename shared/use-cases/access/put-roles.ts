import {
  isSameHolder,
  type RoleAssignment,
  type RoleHolder,
  type RoleList,
} from "../../domain/access/roles.ts";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { RoleStore } from "../ports/access.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { type AdministratorDeps, guardAdministrators } from "./guard-administrators.ts";

type RoleDeps = AdministratorDeps & { readonly roles: RoleStore };

/**
 * Replaces the roles in a team, or (null) in all teams.
 *
 * @throws Conflict if the change would leave no administrator
 */
export function putRoles(
  deps: RoleDeps,
  team: string | null,
  assignments: readonly RoleAssignment[],
  now: number,
): Promise<RoleList> {
  return replaceRoles(deps, team, () => assignments, now);
}

/**
 * Gives a person or a group a role in a team, or (null) in all teams. It replaces the one that they have there.
 *
 * @throws Conflict if the change would leave no administrator
 * @throws Invalid if there are as many roles as a team can have
 */
export function assignRole(
  deps: RoleDeps,
  team: string | null,
  given: RoleAssignment,
  now: number,
): Promise<RoleList> {
  const add = (known: readonly RoleAssignment[]) => {
    const others = known.filter((each) => !isSameHolder(each, given));
    if (others.length >= limits.rolesPerTeam)
      throw new Invalid([{ path: "holder", message: `exceeds the limit of ${limits.rolesPerTeam} roles` }]);
    return [...others, given];
  };
  return replaceRoles(deps, team, add, now);
}

/**
 * Takes the role of a person or a group in a team, or (null) in all teams.
 *
 * @throws Conflict if the change would leave no administrator
 */
export function removeRole(
  deps: RoleDeps,
  team: string | null,
  holder: RoleHolder,
  now: number,
): Promise<RoleList> {
  return replaceRoles(deps, team, (known) => known.filter((each) => !isSameHolder(each, holder)), now);
}

function replaceRoles(
  deps: RoleDeps,
  team: string | null,
  change: (known: readonly RoleAssignment[]) => readonly RoleAssignment[],
  now: number,
): Promise<RoleList> {
  return retryOnConflict(async () => {
    const known = await deps.roles.find(team);
    const assignments = change(known.assignments);
    const guard = team === null ? await guardAdministrators(deps, { roles: assignments }, now) : undefined;
    return deps.roles.replace(known, { ...known, assignments }, guard);
  });
}
