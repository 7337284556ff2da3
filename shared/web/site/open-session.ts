import { type Actor, signInOf, signOutOf } from "../../domain/access/audit.ts";
import { limits } from "../../domain/limits.ts";
import { type AccessRules, type ApiKey, findKey, keyOfDigest } from "../../http/access.ts";
import { Unauthenticated } from "../../http/errors.ts";
import type { RecordAccessEvent } from "../../use-cases/ports/audit.ts";
import { isSecure, readCookie, setCookie } from "./cookies.ts";
import { digestOfSession, signSession } from "./session.ts";

interface SessionDeps {
  readonly access: AccessRules;
  /** Signing keys, newest first. */
  readonly secrets: readonly string[];
  readonly makeSecret: () => string;
  readonly endSession: (session: string, now: number) => Promise<void>;
  readonly recordAccess: RecordAccessEvent;
}

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
 * @returns the cookie that removes it
 */
export async function closeSession(
  { access, secrets, endSession, recordAccess }: SessionDeps,
  headers: Headers,
  now: number,
): Promise<string> {
  const session = readCookie(headers, "session");
  const digest = session === undefined ? undefined : digestOfSession(session, secrets, now);
  if (session !== undefined && digest !== undefined) {
    const key = await keyOfDigest(access, digest);
    await endSession(session, now);
    if (key) await recordAccess(signOutOf(actorOfKey(key)));
  }
  return setCookie("session", "", { secure: isSecure(headers), maxAgeSeconds: 0 });
}

function actorOfKey({ name }: ApiKey): Actor {
  return { actor: name, actorKind: "key", subject: null };
}
