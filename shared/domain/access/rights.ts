import type { KeyScope } from "./api-key.ts";
import type { Role } from "./roles.ts";

/** Requirements of a right. */
interface Requirement {
  /** Lowest role of people; null if they need none; absent if only keys have the right. */
  readonly role?: Role | null;
  /** Lowest role for what belongs to the person themselves: their own shifts, their own profile. */
  readonly ownRole?: Role;
  /** Scope of keys; null if they need none. */
  readonly scope: KeyScope | null;
  /**
   * Teams in which the role is needed. `any`: in any team, because lists show all teams. `team`: in the team, or in all
   * teams for what belongs to no team. `platform`: in all teams.
   */
  readonly within: "any" | "team" | "platform";
}

/** The only table of permissions: each endpoint and each form needs one of these rights, or none. */
export const rights = {
  /** Read the own identity and permissions. */
  identify: { role: null, scope: null, within: "any" },
  /** Send alerts. */
  ingest: { scope: "ingest", within: "platform" },
  /** Read everything except keys, dead letters and the audit log. */
  read: { role: "viewer", scope: "read", within: "any" },
  /** Act on incidents: acknowledge, resolve, escalate, snooze, merge, write notes, declare, notify. */
  respond: { role: "responder", scope: "write", within: "team" },
  /** Override shifts. */
  cover: { role: "manager", ownRole: "responder", scope: "write", within: "team" },
  /** Change schedules, policies, services, rules, silences, heartbeats, integrations, webhooks and channels. */
  manage: { role: "manager", scope: "write", within: "team" },
  /** Change the profile of a person: contact methods, notification rules, devices. */
  profile: { role: "admin", ownRole: "viewer", scope: "write", within: "platform" },
  /** Change roles, manage keys and dead letters, read the audit log, and erase the data of people. */
  administer: { role: "admin", scope: "admin", within: "platform" },
  /** Provision people and groups by SCIM. */
  provision: { scope: "scim", within: "platform" },
} as const satisfies Readonly<Record<string, Requirement>>;

export type Right = keyof typeof rights;

export function requirementOf(right: Right): Requirement {
  return rights[right];
}
