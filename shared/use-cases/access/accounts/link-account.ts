import type { User } from "../../../domain/access/contact.ts";
import { isUsable, type LinkedAccount } from "../../../domain/access/linked-account.ts";
import { Conflict, Invalid } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { LinkedAccountStore } from "../../ports/access.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { addContactMethod } from "../add-contact-method.ts";
import type { UserDeps } from "../store-user.ts";

export interface LinkAccountDeps extends UserDeps {
  readonly linkedAccounts: LinkedAccountStore;
  readonly sha256: (text: string) => string;
}

type AccountId = Pick<LinkedAccount, "service" | "account">;

/**
 * Links an account to the user whom a code was created for, and adds it to their contact methods. A code links one
 * account. The account can repeat it, so that a crash in the middle leaves nothing undone.
 *
 * @returns undefined for a code that is unknown, expired or used by another account, and after too many codes
 */
export async function linkAccount(
  deps: LinkAccountDeps,
  id: AccountId,
  code: string,
  now: number,
): Promise<User | undefined> {
  const { linkedAccounts, users, sha256 } = deps;
  if ((await linkedAccounts.countAttempt(id, now)) > limits.linkAttempts) return undefined;
  const email = await retryOnConflict(async () => {
    const found = await linkedAccounts.findCode(sha256(code));
    if (!found || !isUsable(found, id, now)) return undefined;
    if (found.usedBy === null) await linkedAccounts.replaceCode(found, { ...found, usedBy: id.account });
    return found.email;
  });
  if (email === undefined || !(await users.find(email))) return undefined;
  await retryOnConflict(async () => {
    const known = await linkedAccounts.find(id);
    if (known?.email === email) return;
    await linkedAccounts.put({ ...id, email, linkedAt: now, version: 0 }, known);
  });
  const method = { channel: id.service, address: id.account, verifiedAt: now };
  await addContactMethod(deps, email, method, now).catch(ignoreListed);
  const user = await users.find(email);
  // Users with the maximum number of contact methods have to remove one first.
  return user?.contactMethods.some(({ channel, address }) => isMethod(id, channel, address))
    ? user
    : undefined;
}

/**
 * Returns the user of a linked account. Removing the contact method removes the link.
 *
 * Reads the account, half a unit, and of a known one the user.
 */
export async function findLinkedUser(
  { linkedAccounts, users }: Pick<LinkAccountDeps, "linkedAccounts" | "users">,
  id: AccountId,
): Promise<User | undefined> {
  const account = await linkedAccounts.find(id);
  const user = account && (await users.find(account.email));
  return user?.contactMethods.some(({ channel, address }) => isMethod(id, channel, address))
    ? user
    : undefined;
}

function isMethod({ service, account }: AccountId, channel: string, address: string): boolean {
  return channel === service && address === account;
}

/** For `catch`: accepts that the contact method is listed, or that there are too many. */
function ignoreListed(error: unknown): void {
  if (!(error instanceof Invalid || error instanceof Conflict)) throw error;
}
