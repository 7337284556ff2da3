import type { AccountStore } from "../ports/access.ts";

export interface FindDeactivatedDeps {
  readonly accounts: Pick<AccountStore, "findByEmail">;
}

/** Returns those of some people whose account is deactivated. Takes a read unit each, or half of one without an account. */
export async function findDeactivated(
  { accounts }: FindDeactivatedDeps,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(emails.map((email) => accounts.findByEmail(email)));
  return new Set(found.flatMap((account) => (account && !account.active ? [account.email] : [])));
}
