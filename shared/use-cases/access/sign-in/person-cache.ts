import { ttlCache } from "../../../caching/ttl-cache.ts";
import { type Account, isOpen, type PersonSession } from "../../../domain/access/account.ts";
import { limits } from "../../../domain/limits.ts";
import type { AccountStore } from "../../ports/access.ts";
import type { Clock } from "../../ports/system.ts";

interface PersonCacheDeps {
  readonly accounts: Pick<AccountStore, "find">;
  readonly clock: Clock;
}

const cacheMs = limits.accountCacheSeconds * 1_000;

/**
 * Returns the account of a session; undefined if the session is over. Accounts are cached for some seconds, so that a
 * person who works costs one read unit per minute, and a session that was ended elsewhere may work for that long. A session
 * that is newer than the cached account makes it be read again, consistently if a cheap read does not have the sign-in yet.
 */
export function personCache({
  accounts,
  clock,
}: PersonCacheDeps): (session: PersonSession) => Promise<Account | undefined> {
  const lookUp = ttlCache(cacheMs, clock, (id) => accounts.find(id, { stale: true }));
  const lookUpLatest = ttlCache(cacheMs, clock, (id) => accounts.find(id));
  return async (session) => {
    const { accountId, issuedAt } = session;
    const found = await lookUp(accountId, issuedAt);
    const hasSignIn = found !== undefined && (found.signedInAt ?? 0) >= issuedAt;
    const account = hasSignIn ? found : await lookUpLatest(accountId, issuedAt);
    return account && isOpen(account, session) ? account : undefined;
  };
}
