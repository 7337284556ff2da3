import { limits } from "../../domain/limits.ts";
import { type AccessRules, findKey } from "../../http/access.ts";
import { Unauthenticated } from "../../http/errors.ts";
import { isSecure, readCookie, setCookie } from "./cookies.ts";
import { digestOfSession, signSession } from "./session.ts";

interface SessionDeps {
  readonly access: AccessRules;
  /** Signing keys, newest first. */
  readonly secrets: readonly string[];
  readonly makeSecret: () => string;
  readonly endSession: (session: string, now: number) => Promise<void>;
}

/**
 * Opens a session for the holder of an API key.
 *
 * @returns its cookie
 * @throws Unauthenticated
 */
export async function openSession(
  { access, secrets: [secret], makeSecret }: SessionDeps,
  presented: string,
  headers: Headers,
  now: number,
): Promise<string> {
  const key = await findKey(access, presented);
  if (!key || secret === undefined)
    throw new Unauthenticated("This API key is not valid. Go back and try again.");
  const session = signSession(key, secret, makeSecret(), now);
  return setCookie("session", session, { secure: isSecure(headers), maxAgeSeconds: limits.sessionSeconds });
}

/**
 * Ends the session of a request, including copies of its cookie.
 *
 * @returns the cookie that removes it
 */
export async function closeSession(
  { secrets, endSession }: SessionDeps,
  headers: Headers,
  now: number,
): Promise<string> {
  const session = readCookie(headers, "session");
  if (session !== undefined && digestOfSession(session, secrets, now) !== undefined)
    await endSession(session, now);
  return setCookie("session", "", { secure: isSecure(headers), maxAgeSeconds: 0 });
}
