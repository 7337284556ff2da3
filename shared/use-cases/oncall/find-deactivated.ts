import type { AccountStore } from "../ports/access.ts";

export interface FindDeactivatedDeps {
  readonly accounts: Pick<AccountStore, "findByAnyEmail">;
}

/**
 * Returns the emails of those people whose account is deactivated, also former ones. Takes a read unit each, also without an
 * account.
 */
export async function findDeactivated(
  { accounts }: FindDeactivatedDeps,
  emails: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await Promise.all(emails.map((email) => accounts.findByAnyEmail(email)));
  return new Set(emails.filter((_, index) => found[index]?.active === false));
}
