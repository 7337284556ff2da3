import type { User } from "../../../domain/access/contact.ts";
import { linkedServices } from "../../../domain/access/linked-account.ts";
import type {
  LinkedAccountStore,
  PushDeviceStore,
  ReachabilityStore,
  UserStore,
} from "../../ports/access.ts";

export interface RemoveProfileDeps {
  readonly users: Pick<UserStore, "find" | "remove">;
  readonly pushDevices: Pick<PushDeviceStore, "load" | "remove">;
  readonly linkedAccounts: Pick<LinkedAccountStore, "find" | "remove">;
  readonly reachability: Pick<ReachabilityStore, "remove">;
}

/**
 * Removes a person's contact methods, devices, linked accounts and last answer. The user comes last, because their contact methods name
 * the linked accounts.
 *
 * @returns the number of removed records
 * @throws StaleVersion
 */
export async function removeProfile(deps: RemoveProfileDeps, email: string): Promise<number> {
  const user = await deps.users.find(email);
  const links = user ? await removeLinks(deps, user) : 0;
  const devices = await deps.pushDevices.load(email);
  if (devices.version > 0) await deps.pushDevices.remove(devices);
  await deps.reachability.remove(email);
  if (user) await deps.users.remove(user);
  return links + (devices.version > 0 ? 1 : 0) + (user ? 1 : 0);
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
