import type { RoleStore } from "../../ports/access.ts";
import type { AdministratorDeps } from "../guard-administrators.ts";
import { putRoles } from "../put-roles.ts";

export interface RemoveRolesDeps extends AdministratorDeps {
  readonly roles: RoleStore;
}

/**
 * Removes a person's roles. Those in all teams come first, because the last administrator keeps them. Reads all roles, one
 * query.
 *
 * @returns the number of changed lists
 * @throws Conflict if the change would leave no administrator
 */
export async function removeRoles(deps: RemoveRolesDeps, email: string, now: number): Promise<number> {
  const lists = await deps.roles.loadAll();
  const naming = lists.filter(({ assignments }) => assignments.some((each) => each.email === email));
  for (const { team, assignments } of naming.toSorted(
    (a, b) => Number(b.team === null) - Number(a.team === null),
  ))
    await putRoles(
      deps,
      team,
      assignments.filter((each) => each.email !== email),
      now,
    );
  return naming.length;
}
