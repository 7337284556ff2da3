import { limits } from "../domain/limits.ts";
import { findKey } from "../http/access.ts";
import { cookie, isSecure, readCookie } from "../http/cookies.ts";
import { Unauthenticated } from "../http/errors.ts";
import { digestOfSession, signSession } from "../http/session.ts";
import { linkConfig } from "./config.ts";
import { keyedEdge } from "./endpoint.ts";
import { endedSessions } from "./stores.ts";
import { makeSecret, sha256 } from "./system.ts";

/**
 * The cookie of a new session for whoever knows a key; forms have made sure before that there is a secret to sign with.
 *
 * @throws Unauthenticated
 */
export async function openSession(presented: string, headers: Headers, now: number): Promise<string> {
  const key = await findKey(keyedEdge().access, presented);
  const [secret] = linkConfig().SIGNING_SECRET;
  if (!key || secret === undefined)
    throw new Unauthenticated("No key of this platform is like that. Go back and try it again.");
  const session = signSession(key, secret, makeSecret(), now);
  return cookie("session", session, { secure: isSecure(headers), maxAgeSeconds: limits.sessionSeconds });
}

/** Ends the session that a request comes with, also for whoever has a copy of it. @returns the cookie that forgets it */
export async function closeSession(headers: Headers, now: number): Promise<string> {
  const session = readCookie(headers, "session");
  if (session !== undefined && digestOfSession(session, linkConfig().SIGNING_SECRET, now) !== undefined)
    await endedSessions().end(sha256(session), now);
  return cookie("session", "", { secure: isSecure(headers), maxAgeSeconds: 0 });
}
