import type { Role, RoleDirectory } from "../../domain/access/roles.ts";
import type { RoleStore } from "../ports/access.ts";

export interface RoleDirectoryDeps {
  readonly roles: Pick<RoleStore, "loadAll">;
  /** Emails of people who are administrators regardless of assignments, in lower case. */
  readonly admins: readonly string[];
  /** Role of people without an assignment; null: none. */
  readonly defaultRole: Role | null;
}

/** Loads all roles that are assigned. */
export async function loadRoleDirectory({
  roles,
  admins,
  defaultRole,
}: RoleDirectoryDeps): Promise<RoleDirectory> {
  const lists = await roles.loadAll();
  const teams = lists.flatMap(({ team, assignments }) =>
    team === null ? [] : [[team, assignments] as const],
  );
  const platform = lists.find(({ team }) => team === null)?.assignments ?? [];
  return { platform, teams: new Map(teams), admins, defaultRole };
}
