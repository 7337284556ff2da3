import type { ApiKey } from "../../domain/access/api-key.ts";
import { isValid } from "../../domain/access/api-key.ts";
import type { Caller } from "../../domain/access/decide.ts";
import type { RoleAssignment } from "../../domain/access/roles.ts";
import { Conflict } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { ApiKeyStore, RoleStore } from "../ports/access.ts";
import type { Page } from "../ports/page.ts";

/** People and keys that can administer the platform, as far as settings say. */
export interface AdministratorDeps {
  readonly apiKeys: Pick<ApiKeyStore, "list">;
  readonly roles: Pick<RoleStore, "find">;
  /** True if some caller can administer regardless of stored keys and roles. */
  readonly hasFixedAdmin: boolean;
  /** True if people can sign in. */
  readonly peopleSignIn: boolean;
  readonly currentCaller: () => Caller | undefined;
}

interface Change {
  /** Roles in all teams after the change. */
  readonly roles?: readonly RoleAssignment[];
  /** ID of a key that the change revokes. */
  readonly revokedKey?: string;
}

/**
 * Requires that someone can administer the platform after a change. Reads the keys, newest first, until one of an
 * administrator is found.
 *
 * @throws Conflict
 */
export async function assertAdministrable(
  deps: AdministratorDeps,
  { roles, revokedKey }: Change,
  now: number,
): Promise<void> {
  if (deps.hasFixedAdmin) return;
  if (deps.peopleSignIn) {
    const assigned = roles ?? (await deps.roles.find(null)).assignments;
    if (assigned.some((assignment) => isHeld(assignment, deps.currentCaller()))) return;
  }
  if (await hasAdminKey(deps, revokedKey, now)) return;
  throw new Conflict(
    "Nobody could administer the platform after this change. First give someone the role admin, or create a key with the scope admin.",
  );
}

/** Returns true if an assignment makes someone an administrator. Only the caller's groups are known to have members. */
function isHeld({ role, email, group }: RoleAssignment, caller: Caller | undefined): boolean {
  if (role !== "admin") return false;
  const principal = caller?.principal;
  return email !== undefined || (principal?.kind === "person" && principal.groups.includes(group));
}

async function hasAdminKey(
  { apiKeys }: AdministratorDeps,
  revokedKey: string | undefined,
  now: number,
): Promise<boolean> {
  for (let after: string | null = null; ; ) {
    const { items, next }: Page<ApiKey> = await apiKeys.list({ limit: limits.pageSize, after });
    if (items.some((key) => key.id !== revokedKey && key.scopes.includes("admin") && isValid(key, now)))
      return true;
    if (next === null) return false;
    after = next;
  }
}
