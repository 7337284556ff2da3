import { lazy } from "../../caching/lazy.ts";
import { type Account, allGroupsOf } from "../../domain/access/account.ts";
import { readCookie } from "../../http/session/cookies.ts";
import { readSession } from "../../http/session/session.ts";
import { personCache } from "../../use-cases/access/sign-in/person-cache.ts";
import { linkConfig, oidcConfig } from "../config.ts";
import { loadSecrets } from "../secrets.ts";
import { sessionAccounts } from "../stores.ts";
import { clock } from "../system.ts";

const accountOf = lazy(() => personCache({ accounts: sessionAccounts(), clock }));

/**
 * Returns the person whose session a request has. Sessions of another provider than the configured one are over.
 *
 * @param now epoch milliseconds
 */
export async function findPerson(headers: Headers, now: number) {
  const token = readCookie(headers, "session");
  if (token === undefined) return undefined;
  const { OIDC_ISSUER } = oidcConfig();
  await loadSecrets(["SIGNING_SECRET"]);
  const session = readSession(token, linkConfig().SIGNING_SECRET, now);
  if (session?.kind !== "person" || !isSameUrl(session.identity.issuer, OIDC_ISSUER)) return undefined;
  const account = await accountOf()(session);
  return account && toPrincipal(account, session.identity.subject);
}

function toPrincipal(account: Account, subject: string) {
  const { email, name } = account;
  return { kind: "person", email, name, subject, groups: allGroupsOf(account) } as const;
}

function isSameUrl(one: string, other: string): boolean {
  return URL.canParse(one) && new URL(one).href === new URL(other).href;
}
