import { includesScope, type KeyScope } from "./api-key.ts";
import type { KeyPrincipal, Principal } from "./principal.ts";
import { type Right, requirementOf } from "./rights.ts";
import { highestRole, includesRole, type Role, type RoleDirectory, rolesOf, type TeamRole } from "./roles.ts";

/** A principal and their roles; none for keys, which have scopes. */
export interface Caller {
  readonly principal: Principal;
  readonly roles: readonly TeamRole[];
}

/** The thing that a right is needed for. */
export interface Subject {
  /** Its team; null if it belongs to no team; undefined to ask for a thing of any team. */
  readonly team?: string | null | undefined;
  /** Emails of the people that it belongs to. */
  readonly owners?: readonly string[];
}

/** A missing permission. */
export type Denial =
  /** The lowest role that suffices, in the team or (null) in all teams; role null: only keys suffice. */
  | { readonly missing: "role"; readonly role: Role | null; readonly team: string | null }
  | { readonly missing: "scope"; readonly scope: KeyScope }
  /** The key is limited to these teams. */
  | { readonly missing: "team"; readonly teams: readonly string[]; readonly team: string | null };

/** Returns a principal with the roles that the directory gives them. */
export function callerOf(principal: Principal, directory: RoleDirectory): Caller {
  return { principal, roles: principal.kind === "person" ? rolesOf(principal, directory) : [] };
}

/** Returns the permission that a caller lacks for a right; null if they have the right. */
export function decide({ principal, roles }: Caller, right: Right, subject: Subject = {}): Denial | null {
  if (principal.kind === "local") return null;
  if (principal.kind === "key") return decideForKey(principal, right, subject);
  const { role, ownRole, within } = requirementOf(right);
  const isOwn = ownRole !== undefined && subject.owners?.includes(principal.email) === true;
  const wanted = isOwn ? ownRole : role;
  if (wanted === null) return null;
  const team = { any: undefined, team: subject.team, platform: isOwn ? undefined : null }[within];
  if (wanted !== undefined && includesRole(highestRole(roles, team), wanted)) return null;
  return { missing: "role", role: wanted ?? null, team: team ?? null };
}

function decideForKey({ scopes, teams }: KeyPrincipal, right: Right, { team }: Subject): Denial | null {
  const { scope, within } = requirementOf(right);
  if (scope !== null && !includesScope(scopes, scope)) return { missing: "scope", scope };
  // Only changes are limited to teams.
  if (teams === null || scope !== "write") return null;
  const needed = within === "platform" ? null : team;
  if (needed === undefined || (needed !== null && teams.includes(needed))) return null;
  return { missing: "team", teams, team: needed };
}
