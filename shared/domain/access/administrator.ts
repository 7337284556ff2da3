import { type Account, allGroupsOf } from "./account.ts";
import { highestRole, type RoleAssignment, rolesOf } from "./roles.ts";

/** Settings and roles that make people administrators. */
export interface AdministratorRules {
  /** Emails of administrators in the settings, in lower case. */
  readonly adminEmails: readonly string[];
  /** Roles in all teams. */
  readonly assignments: readonly RoleAssignment[];
}

/** Returns true for an active person who is an administrator by the settings, by their email or by a group. */
export function isAdministrator(
  account: Account,
  { adminEmails: admins, assignments: platform }: AdministratorRules,
): boolean {
  const member = { email: account.email, groups: allGroupsOf(account) };
  const held = rolesOf(member, { platform, teams: new Map(), admins, defaultRole: null });
  return account.active && highestRole(held, null) === "admin";
}

/** Returns true if a change of an account takes something from it that can give it a role. */
export function losesAccess(known: Account, next: Account | null): boolean {
  if (!known.active) return false;
  if (!next?.active || next.email !== known.email) return true;
  const left = allGroupsOf(next);
  return allGroupsOf(known).some((group) => !left.includes(group));
}
