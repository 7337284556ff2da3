import {
  type Account,
  actorOfPerson,
  type PersonSession,
  providerSessionName,
  withEndedSession,
  withEndedSessions,
} from "../../../domain/access/account.ts";
import { signOutOf } from "../../../domain/access/audit.ts";
import { SignInFailed } from "../../../domain/access/sign-in-errors.ts";
import { limits } from "../../../domain/limits.ts";
import type { AccountStore, ProviderSessionStore, UsedTokenStore } from "../../ports/access.ts";
import type { RecordAccessEvent } from "../../ports/audit.ts";
import type { ProvidedLogout } from "../../ports/identity-provider.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

interface EndSessionDeps {
  readonly accounts: AccountStore;
}

/** Ends one session of a person. Repeating it has no effect. @returns their account, if it exists */
export function endPersonSession(
  deps: EndSessionDeps,
  session: PersonSession,
  now: number,
): Promise<Account | undefined> {
  return changeAccount(
    () => deps.accounts.find(session.accountId),
    deps,
    (account) => withEndedSession(account, { of: "platform", id: session.id, endedAt: now }),
  );
}

interface EndProviderSessionsDeps extends EndSessionDeps {
  readonly providerSessions: ProviderSessionStore;
  readonly usedTokens: UsedTokenStore;
  readonly recordAccess: RecordAccessEvent;
  readonly sha256: (text: string) => string;
}

/**
 * Ends the sessions that the provider names. Each message works once, so that a captured one ends no later session; one
 * that a crash interrupted can be sent again.
 *
 * @throws SignInFailed if the message was received before
 */
export async function endProviderSessions(
  deps: EndProviderSessionsDeps,
  logout: ProvidedLogout,
  now: number,
): Promise<void> {
  const { usedTokens, recordAccess, sha256 } = deps;
  const digest = sha256(JSON.stringify(["logout", logout.issuer, logout.id]));
  if (await usedTokens.isUsed(digest)) throw new SignInFailed("The logout token was used before");
  const { providerSessionId } = logout;
  const account = await changeAccount(
    () => accountOf(deps, logout),
    deps,
    (account) =>
      providerSessionId === null
        ? withEndedSessions(account, now)
        : withEndedSession(account, { of: "provider", id: providerSessionId, endedAt: now }),
  );
  if (account) await recordAccess(signOutOf(actorOfPerson(account)));
  await usedTokens.use(digest, now + 2 * (limits.logoutTokenSeconds + limits.clockSkewSeconds) * 1_000);
}

async function accountOf(
  { accounts, providerSessions }: EndProviderSessionsDeps,
  { issuer, subject, providerSessionId }: ProvidedLogout,
): Promise<Account | undefined> {
  if (subject !== null) return accounts.findByIdentity({ issuer, subject });
  const session = await providerSessions.find(providerSessionName({ issuer }, { providerSessionId, id: "" }));
  return session && accounts.find(session.accountId);
}

/** Changes an account, if it exists and is not changed already. @returns the account, if it exists */
function changeAccount(
  find: () => Promise<Account | undefined>,
  { accounts }: EndSessionDeps,
  change: (account: Account) => Account,
): Promise<Account | undefined> {
  return retryOnConflict(async () => {
    const known = await find();
    const next = known && change(known);
    return known && next && next !== known ? accounts.replace(known, next) : known;
  });
}
