/** Signs people in and out at the identity provider. */
import * as z from "zod";
import { actorOfPerson, type PersonSession, providerSessionName } from "../../../domain/access/account.ts";
import { failedSignInOf, signInOf } from "../../../domain/access/audit.ts";
import { SignInFailed, SignInRefused } from "../../../domain/access/sign-in-errors.ts";
import { limits } from "../../../domain/limits.ts";
import { isSecure, setCookie } from "../../../http/session/cookies.ts";
import { signPersonSession } from "../../../http/session/session.ts";
import { clearStepCookie, readStepCookie, setStepCookie } from "../../../http/session/step-cookie.ts";
import type { recordSignIn } from "../../../use-cases/access/sign-in/record-sign-in.ts";
import type { ProviderSessionStore, UsedTokenStore } from "../../../use-cases/ports/access.ts";
import type { RecordAccessEvent } from "../../../use-cases/ports/audit.ts";
import type { IdentityProvider, ProvidedPerson } from "../../../use-cases/ports/identity-provider.ts";
import type { MakeSecret } from "../../../use-cases/ports/system.ts";
import { isolate } from "../../components/isolate.ts";
import { type Flash, flashCookie, trouble } from "../../site/flash.ts";
import { ownPath } from "../../site/own-path.ts";
import type { Wired } from "../../site/use-case.ts";

export interface SignInDeps {
  readonly provider: IdentityProvider;
  /** Address of the platform, without a slash at its end. */
  readonly baseUrl: string;
  readonly secret: string;
  /** All signing keys, newest first. */
  readonly secrets: readonly string[];
  /** Returns 256 random bits. */
  readonly makeKey: MakeSecret;
}

interface SignOutDeps {
  readonly providerSessions: ProviderSessionStore;
}

interface FinishDeps extends SignOutDeps {
  readonly sha256: (text: string) => string;
  readonly usedTokens: UsedTokenStore;
  readonly recordAccess: RecordAccessEvent;
  readonly recordSignIn: Wired<typeof recordSignIn>;
}

interface SignInRequest {
  readonly headers: Headers;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Continuation {
  readonly to: string;
  readonly cookies: readonly string[];
}

const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  codeVerifier: z.string(),
  next: z.string(),
});

/** Starts to sign someone in. A signed cookie binds the flow to the browser. */
export async function startSignIn(
  {
    headers,
    now,
    query: { next },
  }: SignInRequest & { readonly query: { readonly next?: string | undefined } },
  { provider, baseUrl, secret, makeKey }: SignInDeps,
): Promise<Continuation> {
  const flow = { state: makeKey(), nonce: makeKey(), codeVerifier: makeKey() };
  const to = await provider.signInUrl(flow, callbackUrl(baseUrl));
  const value = { ...flow, next: ownPath(next) };
  const cookie = setStepCookie("sign-in", value, headers, { secret, seconds: limits.signInSeconds, now });
  return { to, cookies: [cookie] };
}

/**
 * Opens a new session for the person whom the provider's response names.
 *
 * @throws SignInFailed, SignInRefused, Unavailable
 */
export async function finishSignIn(
  { headers, now, query }: SignInRequest & { readonly query: Readonly<Record<string, unknown>> },
  deps: SignInDeps & FinishDeps,
): Promise<Continuation> {
  const { provider, secret, secrets, makeKey, sha256, usedTokens, providerSessions, recordAccess } = deps;
  const { data: flow } = flowSchema.safeParse(readStepCookie("sign-in", headers, secrets, now));
  if (flow?.state !== query.state || !flow)
    throw new SignInFailed("This sign-in has expired, or was started in another browser. Start again.");
  const until = now + limits.signInSeconds * 1_000;
  if (!(await usedTokens.use(sha256(JSON.stringify(["sign-in", flow.state])), until)))
    throw new SignInFailed("This sign-in is complete already. Start again.");
  const callback = new URL(callbackUrl(deps.baseUrl));
  for (const [name, value] of Object.entries(query)) callback.searchParams.set(name, String(value));
  const person = await recordingFailure(deps, null, () => provider.finishSignIn(flow, callback));
  const { account, formerEmail } = await recordingFailure(deps, person, () => deps.recordSignIn(person, now));
  await recordAccess(signInOf(actorOfPerson(account), "oidc", formerEmail));
  const { id: accountId } = account;
  const { identity, providerSessionId, idToken } = person;
  const session: PersonSession = { accountId, identity, id: makeKey(), providerSessionId, issuedAt: now };
  if (idToken.length <= limits.idTokenBytes) {
    const name = providerSessionName(identity, session);
    await providerSessions.put({ name, accountId, idToken, startedAt: now });
  }
  const secure = isSecure(headers);
  const token = signPersonSession(session, secret);
  return {
    to: ownPath(flow.next),
    cookies: [
      setCookie("session", token, { secure, maxAgeSeconds: limits.sessionSeconds }),
      clearStepCookie("sign-in", headers),
      ...(formerEmail === null
        ? []
        : [flashCookie(addressChangeNotice(account.email, formerEmail), secret, secure)]),
    ],
  };
}

function addressChangeNotice(email: string, formerEmail: string): Flash {
  return trouble(
    `Your address is now ${isolate(email)}. Schedules, policies and roles may still name ${isolate(formerEmail)}, ` +
      "and pages go there. Ask a manager to change them, and enable push and linked accounts again.",
  );
}

/** Records in the audit log that someone could not sign in. */
async function recordingFailure<T>(
  { recordAccess }: FinishDeps,
  person: ProvidedPerson | null,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const by = person ? actorOfPerson(person) : { actor: null, actorKind: null, subject: null };
    if (error instanceof SignInFailed || error instanceof SignInRefused)
      await recordAccess(failedSignInOf(by, "oidc", error.message));
    throw error;
  }
}

/** Redirects to the provider to sign out there, or to the sign-in page if no one has just signed out here. */
export async function signOutAtProvider(
  { headers, now }: SignInRequest,
  { provider, baseUrl, secrets, providerSessions }: SignInDeps & SignOutDeps,
): Promise<Continuation> {
  const signedOut = z.string().safeParse(readStepCookie("sign-out", headers, secrets, now)).data;
  const cookies = [clearStepCookie("sign-out", headers)];
  if (signedOut === undefined) return { to: "/sign-in", cookies };
  const session = await providerSessions.find(signedOut);
  return { to: (await provider.signOutUrl(session?.idToken, `${baseUrl}/sign-in`)) ?? "/sign-in", cookies };
}

function callbackUrl(baseUrl: string): string {
  return `${baseUrl}/sign-in/callback`;
}

/**
 * Page that redirects to the provider. A redirect header would be part of the form submission, which may only go to this
 * host.
 */
export function LeavingView({ to }: { readonly to: string }) {
  return (
    <div class="narrow">
      <h1>Signed out</h1>
      <p>
        You are signed out here. <a href={to}>Sign out at the identity provider, too</a>
      </p>
    </div>
  );
}
