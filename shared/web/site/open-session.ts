import {
  type Account,
  actorOfPerson,
  type PersonSession,
  providerSessionName,
} from "../../domain/access/account.ts";
import { type Actor, signInOf, signOutOf } from "../../domain/access/audit.ts";
import { limits } from "../../domain/limits.ts";
import { type AccessRules, type ApiKey, findKey, keyOfDigest } from "../../http/access.ts";
import { Unauthenticated } from "../../http/errors.ts";
import { isSecure, readCookie, setCookie } from "../../http/session/cookies.ts";
import { readSession, signSession } from "../../http/session/session.ts";
import { setStepCookie } from "../../http/session/step-cookie.ts";
import type { RecordAccessEvent } from "../../use-cases/ports/audit.ts";

interface SessionDeps {
  readonly access: AccessRules;
  /** Signing keys, newest first. */
  readonly secrets: readonly string[];
  readonly makeSecret: () => string;
  readonly endSession: (session: string, now: number) => Promise<void>;
  /** Returns the account of the session, if it exists. */
  readonly endPersonSession: (session: PersonSession, now: number) => Promise<Account | undefined>;
  readonly recordAccess: RecordAccessEvent;
}

/** Signs out at the identity provider the person who has just signed out here. */
const signOutHref = "/sign-out/provider";
const signOutSeconds = 60;

/**
 * Opens a session for the holder of an API key.
 *
 * @returns its cookie
 * @throws Unauthenticated
 */
export async function openSession(
  { access, secrets: [secret], makeSecret, recordAccess }: SessionDeps,
  presented: string,
  headers: Headers,
  now: number,
): Promise<string> {
  const key = await findKey(access, presented);
  if (!key || secret === undefined)
    throw new Unauthenticated("This API key is not valid. Go back and try again.");
  await recordAccess(signInOf(actorOfKey(key), "api_key"));
  const session = signSession(key, secret, makeSecret(), now);
  return setCookie("session", session, { secure: isSecure(headers), maxAgeSeconds: limits.sessionSeconds });
}

/**
 * Ends the session of a request, including copies of its cookie.
 *
 * @returns the cookies that remove it, and where to go: for a person to the identity provider, to sign out there too
 */
export async function closeSession(
  { access, secrets, endSession, endPersonSession, recordAccess }: SessionDeps,
  headers: Headers,
  now: number,
): Promise<{ readonly to: string; readonly cookies: readonly string[] }> {
  const token = readCookie(headers, "session") ?? "";
  const session = readSession(token, secrets, now);
  const removed = setCookie("session", "", { secure: isSecure(headers), maxAgeSeconds: 0 });
  const [secret] = secrets;
  if (session?.kind === "person" && secret !== undefined) {
    const account = await endPersonSession(session, now);
    if (account) await recordAccess(signOutOf(actorOfPerson(account)));
    const name = providerSessionName(session.identity, session);
    const signedOut = setStepCookie("sign-out", name, headers, { secret, seconds: signOutSeconds, now });
    return { to: signOutHref, cookies: [removed, signedOut] };
  }
  if (session?.kind === "key") {
    const key = await keyOfDigest(access, session.sha256);
    await endSession(token, now);
    if (key) await recordAccess(signOutOf(actorOfKey(key)));
  }
  return { to: "/sign-in", cookies: [removed] };
}

function actorOfKey({ name }: ApiKey): Actor {
  return { actor: name, actorKind: "key", subject: null };
}
