import type { Scope } from "../../contracts/contract.ts";
import { limits } from "../../domain/limits.ts";
import {
  type AccessRules,
  type ApiKey,
  admitWithoutKey,
  hasScope,
  keyOfDigest,
  requireScope,
} from "../../http/access.ts";
import { NotSetUp } from "../../http/errors.ts";
import { isSecure, readCookie, setCookie } from "./cookies.ts";
import { type FormOwner, formToken } from "./forms/form-token.ts";
import { digestOfSession } from "./session.ts";
import { timeZoneOf } from "./time-zone.ts";
import type { Viewer } from "./viewer.ts";

export interface ViewerRules {
  readonly access: AccessRules;
  /** Signing keys, newest first. */
  readonly secrets: readonly string[];
  /** Returns true if the session was signed out. */
  readonly hasEnded: (session: string) => Promise<boolean>;
  /** Returns an unguessable text. */
  readonly makeSecret: () => string;
}

/** The viewer of a request and the cookies to set. */
interface Recognized {
  readonly viewer: Viewer;
  readonly owner: FormOwner;
  /** API key of the session. */
  readonly key: ApiKey | undefined;
  readonly cookies: readonly string[];
}

const browserIdSeconds = 30 * 86_400;

/**
 * Identifies the viewer by cookies; `now` is epoch milliseconds.
 *
 * @throws Forbidden if an open platform is reached by another host name; Unreadable for an invalid Host
 *   header
 * @throws NotSetUp if sign-in is required and there is no signing secret
 */
export async function recognize(rules: ViewerRules, headers: Headers, now: number): Promise<Recognized> {
  const { access, secrets } = rules;
  const [secret] = secrets;
  admitWithoutKey(access, headers);
  if (access.keysRequired && secret === undefined)
    throw new NotSetUp(
      "Sign-in is disabled because SIGNING_SECRET is not set. Ask an administrator to set it. The API is not affected.",
    );
  const session = readCookie(headers, "session") ?? null;
  const digest = session === null ? undefined : digestOfSession(session, secrets, now);
  const key = session === null || digest === undefined ? undefined : await keyOf(rules, session, digest);
  const known = readCookie(headers, "visitor");
  const id = known ?? rules.makeSecret();
  const owner = { browserId: id, session: key ? session : null };
  const keep = setCookie("visitor", id, { secure: isSecure(headers), maxAgeSeconds: browserIdSeconds });
  return {
    owner,
    key,
    cookies: known === undefined ? [keep] : [],
    viewer: {
      ...(access.keysRequired
        ? {
            name: key?.name ?? null,
            identity: key ? "key" : "anonymous",
            mayWrite: key !== undefined && hasScope(key, "write"),
          }
        : { name: selfDeclaredName(headers), identity: "self_declared", mayWrite: true }),
      timezone: timeZoneOf(headers),
      formToken: secret === undefined ? "" : formToken(owner, secret),
    },
  };
}

async function keyOf(
  { access, hasEnded }: ViewerRules,
  session: string,
  digest: string,
): Promise<ApiKey | undefined> {
  const [key, isOver] = await Promise.all([keyOfDigest(access, digest), hasEnded(session)]);
  return isOver ? undefined : key;
}

/**
 * Checks the viewer's scope.
 *
 * @returns false if they have to sign in first
 * @throws Forbidden if their key lacks the scope
 */
export function isAdmitted({ access }: ViewerRules, { key }: Recognized, scope: Scope): boolean {
  if (!access.keysRequired || scope === null) return true;
  if (!key) return false;
  requireScope(key, scope);
  return true;
}

/** Returns true if the session's key has the scope. */
export function mayDo({ access }: ViewerRules, key: ApiKey, scope: Scope): boolean {
  return !access.keysRequired || scope === null || hasScope(key, scope);
}

/** Returns the self-declared name. */
function selfDeclaredName(headers: Headers): string | null {
  const packed = readCookie(headers, "name") ?? "";
  const name = Buffer.from(packed, "base64url").toString().trim();
  return name === "" || [...name].length > limits.personNameLength ? null : name;
}

const nameSeconds = 365 * 86_400;

/** Returns the cookie with the self-declared name. An empty name deletes it. */
export function nameCookie(name: string, headers: Headers): string {
  const maxAgeSeconds = name === "" ? 0 : nameSeconds;
  return setCookie("name", Buffer.from(name).toString("base64url"), {
    secure: isSecure(headers),
    maxAgeSeconds,
  });
}
