import { type Account, deactivated, withEmail } from "../../../domain/access/account.ts";
import { emailOfUser, nameOfUser, type ScimUser } from "../../../domain/access/scim/scim-user.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { AccountStore, UserStore } from "../../ports/access.ts";
import type { Ulid } from "../../ports/system.ts";
import { type AdministratorDeps, guardAdministrators } from "../guard-administrators.ts";
import { newProfile } from "../new-profile.ts";

export interface ApplyToAccountDeps extends AdministratorDeps {
  readonly accounts: AccountStore;
  readonly users: Pick<UserStore, "find" | "put">;
  readonly ulid: Ulid;
}

/**
 * Makes an account agree with a provisioned user. Deactivating it ends its sessions. An active person also gets a user
 * record, to be paged by. Repeating it changes nothing.
 *
 * @returns the ID of the account; null if no address of the user is an email
 * @throws StaleVersion, or Conflict if the change would leave no administrator
 */
export async function applyToAccount(
  deps: ApplyToAccountDeps,
  user: ScimUser,
  now: number,
): Promise<string | null> {
  const { accounts, ulid } = deps;
  const email = emailOfUser(user);
  const own = user.accountId === null ? undefined : await accounts.find(user.accountId);
  const named = email === null ? undefined : await accounts.findByEmail(email);
  const known = named ?? (email === null ? undefined : own);
  // The account that the person had under another address.
  if (own?.active && own.id !== known?.id) {
    const next = deactivated(own, now);
    await accounts.replace(own, next, await guardAdministrators(deps, { account: own, next }, now));
  }
  if (email === null) return null;
  const { active } = user;
  const name = nameOfUser(user);
  const groups = [...new Set(user.groups.map((group) => group.name))];
  const formerEmail = own && own.email !== email ? own.email : null;
  const keepUser = async () =>
    active && (await keepUserRecord(deps, { email, name, formerEmail }, known?.name, now));
  if (known) {
    const described = { ...withEmail(known, email), name, groups, claimedGroups: claimedWith(known, groups) };
    const next = active
      ? { ...described, active: true }
      : known.active
        ? deactivated(described, now)
        : described;
    const isChanged = JSON.stringify(next) !== JSON.stringify(known);
    // A rejected change leaves no user record behind.
    const guard = isChanged ? await guardAdministrators(deps, { account: known, next }, now) : undefined;
    await keepUser();
    if (isChanged) await accounts.replace(known, next, guard);
    return known.id;
  }
  await keepUser();
  const account: Account = {
    id: idPrefixes.account + ulid(now),
    email,
    name,
    identity: null,
    active,
    groups,
    claimedGroups: [],
    sessionsEndBefore: 0,
    endedSessions: [],
    createdAt: now,
    signedInAt: null,
    version: 0,
  };
  await accounts.create(account);
  return account.id;
}

/**
 * Returns the groups that the provider named at the last sign-in, without those that it has taken away since. Otherwise
 * their roles would last until the next sign-in.
 */
function claimedWith(known: Account, groups: readonly string[]): readonly string[] {
  const left = known.groups.filter((group) => !groups.includes(group));
  return known.claimedGroups.filter((group) => !left.includes(group));
}

/** Creates the user record, or renames it unless the person chose another name. */
async function keepUserRecord(
  { users }: ApplyToAccountDeps,
  { email, name, formerEmail }: Pick<Account, "email" | "name"> & { readonly formerEmail: string | null },
  nameBefore: string | undefined,
  now: number,
): Promise<void> {
  const known = await users.find(email);
  if (known && (known.name === name || known.name !== nameBefore)) return;
  const profile = known ?? (await newProfile(users, formerEmail));
  const updatedAt = Math.max(now, (known?.updatedAt ?? 0) + 1);
  await users.put({ ...profile, email, name, updatedAt }, known);
}
