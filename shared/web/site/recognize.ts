import { type Caller, decide } from "../../domain/access/decide.ts";
import { limits } from "../../domain/limits.ts";
import {
  type AccessRules,
  type ApiKey,
  admitWithoutKey,
  callerOfKey,
  findSignedInCaller,
  keyOfDigest,
  localCaller,
} from "../../http/access.ts";
import { NotSetUp } from "../../http/errors.ts";
import { isSecure, readCookie, setCookie } from "../../http/session/cookies.ts";
import { readSession } from "../../http/session/session.ts";
import { type FormOwner, formToken } from "./forms/form-token.ts";
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
  /** Undefined until they sign in. */
  readonly caller: Caller | undefined;
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
  const key = await keyOf(rules, session, now);
  const caller = await callerOf(access, key, headers, now);
  const known = readCookie(headers, "visitor");
  const id = known ?? rules.makeSecret();
  const owner = { browserId: id, session: caller && access.keysRequired ? session : null };
  const keep = setCookie("visitor", id, { secure: isSecure(headers), maxAgeSeconds: browserIdSeconds });
  const may: Viewer["may"] = (right, subject) =>
    caller !== undefined && decide(caller, right, subject) === null;
  return {
    owner,
    caller,
    cookies: known === undefined ? [keep] : [],
    viewer: {
      ...identityOf(caller, headers),
      may,
      mayWrite: may("respond"),
      timezone: timeZoneOf(headers),
      formToken: secret === undefined ? "" : formToken(owner, secret),
    },
  };
}

async function callerOf(
  access: AccessRules,
  key: ApiKey | undefined,
  headers: Headers,
  now: number,
): Promise<Caller | undefined> {
  if (!access.keysRequired) return localCaller;
  return key ? callerOfKey(key) : findSignedInCaller(access, headers, now);
}

function identityOf(
  caller: Caller | undefined,
  headers: Headers,
): Pick<Viewer, "name" | "email" | "identity" | "roles"> {
  const principal = caller?.principal;
  if (!principal) return { name: null, identity: "anonymous" };
  if (principal.kind === "local") return { name: selfDeclaredName(headers), identity: "self_declared" };
  const { kind: identity, name } = principal;
  return principal.kind === "person"
    ? { name, identity, email: principal.email, roles: caller.roles }
    : { name, identity };
}

async function keyOf(
  { access, secrets, hasEnded }: ViewerRules,
  token: string | null,
  now: number,
): Promise<ApiKey | undefined> {
  const session = token === null ? undefined : readSession(token, secrets, now);
  if (token === null || session?.kind !== "key") return undefined;
  const [key, isOver] = await Promise.all([keyOfDigest(access, session.sha256), hasEnded(token)]);
  return isOver ? undefined : key;
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
