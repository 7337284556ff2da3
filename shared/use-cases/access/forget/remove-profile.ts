import { withoutFormerEmail } from "../../../domain/access/account.ts";
import type { User } from "../../../domain/access/contact.ts";
import { linkedServices } from "../../../domain/access/linked-account.ts";
import type {
  AccountStore,
  LinkedAccountStore,
  PushDeviceStore,
  ReachabilityStore,
  RoleStore,
  UserStore,
} from "../../ports/access.ts";
import { guardAdministrators } from "../guard-administrators.ts";
import { deleteScimUser, type ScimDeps } from "../scim/provision-user.ts";
import { type RemoveRolesDeps, removeRoles } from "./remove-roles.ts";

export interface RemoveProfileDeps extends ScimDeps, RemoveRolesDeps {
  readonly accounts: AccountStore;
  readonly roles: RoleStore;
  readonly users: UserStore;
  readonly pushDevices: Pick<PushDeviceStore, "load" | "remove">;
  readonly linkedAccounts: Pick<LinkedAccountStore, "find" | "remove">;
  readonly reachability: Pick<ReachabilityStore, "remove">;
}

/**
 * Removes a person's roles, account, contact methods, devices, linked accounts and last answer. The account ends their
 * sessions. The user record comes last, because its contact methods name the linked accounts.
 *
 * @param now time of the request
 * @returns the number of removed records
 * @throws StaleVersion, or Conflict if it would leave no administrator
 */
export async function removeProfile(deps: RemoveProfileDeps, email: string, now: number): Promise<number> {
  const lists = await removeRoles(deps, email, now);
  const provisioned = await deps.scimUsers.findByEmail(email);
  if (provisioned) await deleteScimUser(deps, provisioned.id, now);
  const account = await deps.accounts.findByEmail(email);
  if (account) {
    const guard = await guardAdministrators(deps, { account, next: null }, now);
    await deps.accounts.remove(account, guard);
  }
  const former = await deps.accounts.findByAnyEmail(email);
  if (former) await deps.accounts.replace(former, withoutFormerEmail(former, email));
  const user = await deps.users.find(email);
  const links = user ? await removeLinks(deps, user) : 0;
  const devices = await deps.pushDevices.load(email);
  if (devices.version > 0) await deps.pushDevices.remove(devices);
  await deps.reachability.remove(email);
  if (user) await deps.users.remove(user);
  return (
    lists + links + [provisioned, account, former, devices.version > 0, user].filter((each) => each).length
  );
}

async function removeLinks(
  { linkedAccounts }: RemoveProfileDeps,
  { email, contactMethods }: User,
): Promise<number> {
  let removed = 0;
  for (const service of linkedServices) {
    for (const { channel, address: account } of contactMethods) {
      const link = channel === service ? await linkedAccounts.find({ service, account }) : undefined;
      if (link?.email !== email) continue;
      await linkedAccounts.remove(link);
      removed += 1;
    }
  }
  return removed;
}
