/** Roles of people, from the lowest to the highest. Each one includes those before it. */
export const roles = ["viewer", "responder", "manager", "admin"] as const;
export type Role = (typeof roles)[number];

/** Roles within a team. Only the platform has administrators. */
export const teamRoles = ["viewer", "responder", "manager"] as const satisfies readonly Role[];

/** Gives a role to one person, or to the members of a group of the identity provider. Emails are in lower case. */
export type RoleAssignment = { readonly role: Role } & (
  | { readonly email: string; readonly group?: never }
  | { readonly group: string; readonly email?: never }
);

/** The person or the group that has a role. */
export type RoleHolder = Pick<RoleAssignment, "email" | "group">;

export function isSameHolder(one: RoleHolder, other: RoleHolder): boolean {
  return one.email === other.email && one.group === other.group;
}

/** The roles in a team, or (null) in all teams. */
export interface RoleList {
  readonly team: string | null;
  readonly assignments: readonly RoleAssignment[];
  /** 0 if nothing was ever assigned. */
  readonly version: number;
}

/** Identifies the roles in all teams. No team has this name, because names are in lower case. */
export const idOfRolesInAllTeams = "PLATFORM";

/** All roles that are assigned. */
export interface RoleDirectory {
  /** Roles in all teams. */
  readonly platform: readonly RoleAssignment[];
  readonly teams: ReadonlyMap<string, readonly RoleAssignment[]>;
  /** Emails of people who are administrators regardless of assignments, in lower case. */
  readonly admins: readonly string[];
  /** Role of people without an assignment, in all teams; null: none. */
  readonly defaultRole: Role | null;
}

/** Returns true if roles are assigned. Until then, answers in channels are not limited. */
export function hasAssignments({ platform, teams }: RoleDirectory): boolean {
  return platform.length > 0 || [...teams.values()].some((assignments) => assignments.length > 0);
}

/** A person as far as their roles depend on it. */
interface Member {
  readonly email: string;
  readonly groups: readonly string[];
}

/** A role in a team; null for all teams. */
export interface TeamRole {
  readonly team: string | null;
  readonly role: Role;
}

/** Returns the roles of a person: the one in all teams first, then those in single teams. */
export function rolesOf(member: Member, directory: RoleDirectory): TeamRole[] {
  const { platform, teams, admins, defaultRole } = directory;
  const everywhere = admins.includes(member.email) ? "admin" : assignedRole(member, platform);
  const inTeams = [...teams].flatMap(([team, assignments]) => {
    const role = assignedRole(member, assignments);
    return role === null ? [] : [{ team, role }];
  });
  const general = everywhere ?? (inTeams.length === 0 ? defaultRole : null);
  return general === null ? inTeams : [{ team: null, role: general }, ...inTeams];
}

/** Returns the highest of the roles in a team; for `null` in all teams, for `undefined` in any team. */
export function highestRole(held: readonly TeamRole[], team: string | null | undefined): Role | null {
  return highest(
    held
      .filter((each) => team === undefined || each.team === null || each.team === team)
      .map(({ role }) => role),
  );
}

export function includesRole(held: Role | null, wanted: Role): boolean {
  return held !== null && roles.indexOf(held) >= roles.indexOf(wanted);
}

/** Returns the emails of administrators; those who are administrators by a group are not known. */
export function administratorsOf({ admins, platform }: Pick<RoleDirectory, "admins" | "platform">): string[] {
  const assigned = platform.flatMap(({ role, email }) =>
    role === "admin" && email !== undefined ? [email] : [],
  );
  return [...new Set([...admins, ...assigned])];
}

function assignedRole({ email, groups }: Member, assignments: readonly RoleAssignment[]): Role | null {
  const own = assignments.filter((each) =>
    each.email === undefined ? groups.includes(each.group) : each.email === email,
  );
  return highest(own.map(({ role }) => role));
}

function highest(held: readonly Role[]): Role | null {
  return roles.findLast((role) => held.includes(role)) ?? null;
}
