import type { Account } from "../../domain/access/account.ts";
import { type AdministratorRules, isAdministrator, losesAccess } from "../../domain/access/administrator.ts";
import { isValid } from "../../domain/access/api-key.ts";
import { isSameHolder, type RoleAssignment } from "../../domain/access/roles.ts";
import { Conflict } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { allItems } from "../all-items.ts";
import type {
  AccountStore,
  AdministratorGuard,
  AdministratorGuardStore,
  ApiKeyStore,
  RoleStore,
} from "../ports/access.ts";
import type { Page, PageRequest } from "../ports/page.ts";

/** People and keys that can administer the platform. */
export interface AdministratorDeps {
  readonly apiKeys: Pick<ApiKeyStore, "list">;
  readonly roles: Pick<RoleStore, "find">;
  readonly accounts: Pick<AccountStore, "findByEmail" | "list">;
  readonly administratorGuard: AdministratorGuardStore;
  /** Emails of administrators in the settings, in lower case. */
  readonly adminEmails: readonly string[];
  /** True if some caller can administer regardless of what is stored. */
  readonly hasFixedAdmin: boolean;
  /** True if people can sign in. */
  readonly peopleSignIn: boolean;
}

/** A change that may take the right to administer from someone. */
type Change =
  /** Roles in all teams after the change. */
  | { readonly roles: readonly RoleAssignment[] }
  /** ID of a key that is revoked. */
  | { readonly revokedKey: string }
  /** An account before and after the change; null after it is removed. */
  | { readonly account: Account; readonly next: Account | null }
  /** A group, and its next name in accounts, by their IDs: null in those that leave it. */
  | { readonly group: string; readonly nextNames: ReadonlyMap<string, string | null> };

/**
 * Requires that someone can administer the platform after a change. Administrators are active people with an account whom
 * the settings, or the role admin, make one, and valid keys with the scope admin.
 *
 * @returns what to write along with the change, so that no two changes at once remove the last two administrators;
 *   undefined if the change takes nothing from an administrator
 * @throws Conflict
 */
export async function guardAdministrators(
  deps: AdministratorDeps,
  change: Change,
  now: number,
): Promise<AdministratorGuard | undefined> {
  const changesAccount = "account" in change;
  const changesGroup = "group" in change;
  if (deps.hasFixedAdmin || ((changesAccount || changesGroup) && !deps.peopleSignIn)) return undefined;
  if (changesAccount && !losesAccess(change.account, change.next)) return undefined;
  // Read before everything that is decided from.
  const guard = await deps.administratorGuard.load();
  const { adminEmails } = deps;
  const { assignments } = await deps.roles.find(null);
  const before = { adminEmails, assignments };
  const rules = "roles" in change ? { adminEmails, assignments: change.roles } : before;
  if (changesGroup && !adminsIn(before).some(({ group }) => group === change.group)) return undefined;
  if (changesAccount && !isAdministrator(change.account, rules)) {
    // Many members can leave a group at once, which need not wait for each other.
    const keepsGroupsOnly = change.next?.active && change.next.email === change.account.email;
    return keepsGroupsOnly ? undefined : guard;
  }
  if (await hasPerson(deps, { before, after: rules }, change)) return guard;
  if (await hasKey(deps, change, now)) return guard;
  throw new Conflict(
    "This change would leave no administrator: no other active person with an account is one, " +
      "and no API key with the scope admin is valid. First give someone the role admin, or create such a key.",
  );
}

async function hasPerson(
  { accounts, peopleSignIn, adminEmails }: AdministratorDeps,
  { before, after }: { readonly before: AdministratorRules; readonly after: AdministratorRules },
  change: Change,
): Promise<boolean> {
  if (!peopleSignIn) return false;
  const admins = adminsIn(after);
  const takesRole = adminsIn(before).some((each) => !admins.some((other) => isSameHolder(each, other)));
  const remains = (found: Account | undefined) => {
    const account = found && accountAfter(found, change);
    if (!account || !isAdministrator(account, after)) return false;
    // People leave a group without the guard until it has the role, so no one else may lose the role at that moment.
    return !takesRole || isAdministrator(account, before) || isAdministrator(withoutGroups(account), after);
  };
  if ("account" in change && remains(change.account)) return true;
  for (const email of new Set([...adminEmails, ...admins.flatMap((each) => each.email ?? [])]))
    if (remains(await accounts.findByEmail(email))) return true;
  const namesGroup = admins.some(({ group }) => group !== undefined);
  return namesGroup && someListed((page) => accounts.list(page), remains);
}

function adminsIn({ assignments }: AdministratorRules): readonly RoleAssignment[] {
  return assignments.filter(({ role }) => role === "admin");
}

function accountAfter(account: Account, change: Change): Account | null {
  if ("account" in change) return account.id === change.account.id ? change.next : account;
  const nextName = "group" in change ? change.nextNames.get(account.id) : undefined;
  if (!("group" in change) || nextName === undefined) return account;
  const others = (names: readonly string[]) => names.filter((name) => name !== change.group);
  const groups = [...others(account.groups), ...(nextName === null ? [] : [nextName])];
  return { ...account, groups, claimedGroups: others(account.claimedGroups) };
}

function withoutGroups(account: Account): Account {
  return { ...account, groups: [], claimedGroups: [] };
}

function hasKey({ apiKeys }: AdministratorDeps, change: Change, now: number): Promise<boolean> {
  const revoked = "revokedKey" in change ? change.revokedKey : null;
  return someListed(
    (page) => apiKeys.list(page),
    (key) => key.id !== revoked && key.scopes.includes("admin") && isValid(key, now),
  );
}

/** Reads a list, newest first, until an item meets a condition. */
async function someListed<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  isMet: (item: T) => boolean,
): Promise<boolean> {
  for await (const item of allItems((after) => list({ limit: limits.pageSize, after })))
    if (isMet(item)) return true;
  return false;
}
