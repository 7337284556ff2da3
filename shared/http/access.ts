import { matchesAny } from "../crypto/hmac.ts";
import { sha256 } from "../crypto/sha256.ts";
import { AccessDenied } from "../domain/access/access-denied.ts";
import { looksLikeApiKey } from "../domain/access/api-key.ts";
import { type Caller, callerOf, decide, type Subject } from "../domain/access/decide.ts";
import { describeDenial } from "../domain/access/describe-denial.ts";
import { type KeyPrincipal, local, type PersonPrincipal } from "../domain/access/principal.ts";
import type { Right } from "../domain/access/rights.ts";
import { administratorsOf, type RoleDirectory } from "../domain/access/roles.ts";
import { Forbidden, Unauthenticated, Unreadable } from "./errors.ts";
import type { ConsumeQuota } from "./rate-limit.ts";

export interface ApiKey extends Omit<KeyPrincipal, "kind"> {
  /** Digest of the key, in hex. */
  readonly sha256: string;
}

export interface AccessRules {
  /** If false, only local pages and tools are allowed. */
  readonly keysRequired: boolean;
  /** Keys from the configuration. */
  readonly apiKeys: readonly ApiKey[];
  /** Finds a valid stored key by digest; absent for endpoints that require none. */
  readonly findKey?: (sha256: string) => Promise<ApiKey | undefined>;
  /** Returns the person who is signed in; absent where only keys are accepted. */
  readonly findPerson?: (headers: Headers, now: number) => Promise<PersonPrincipal | undefined>;
  /** Loads the roles of people; absent where only keys are accepted. */
  readonly loadRoles?: (now: number) => Promise<RoleDirectory>;
  /** Rate limit per key, and per person. */
  readonly consume?: ConsumeQuota | undefined;
  /** Allowed hosts besides loopback, lower case, without ports. */
  readonly hosts: readonly string[];
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
  /**
   * Set for pages whose address is the authorization. They send no referrer, so browsers send `Origin: null` with their
   * forms.
   */
  readonly withoutReferrer?: true;
}

/** Caller of a platform that requires no sign-in. */
export const localCaller: Caller = { principal: local, roles: [] };

/** The right that an endpoint or a form requires, and where the team is named in which it is needed. */
export interface RequiredRight {
  /** Method of an endpoint. */
  readonly method?: string;
  /** Null for public endpoints. */
  readonly right: Right | null;
  /** Part of the request that names the team, or the resource, for which the use case asks. Absent: no team. */
  readonly team?: "path" | "form" | "resource" | undefined;
}

/**
 * Authenticates a request, and requires what can be decided before it is parsed. Time is epoch milliseconds.
 *
 * @returns the caller; null for public endpoints
 * @throws Unauthenticated, Forbidden or TooManyRequests
 */
export async function admit(
  rules: AccessRules,
  headers: Headers,
  required: RequiredRight,
  now: number,
): Promise<Caller | null> {
  admitWithoutKey(rules, headers);
  if (required.right === null) return null;
  if (!rules.keysRequired) return localCaller;
  const presented = bearer(headers);
  const key = await findKey(rules, presented);
  const caller = key
    ? callerOfKey(key)
    : presented === undefined && (await findSignedInCaller(rules, headers, now));
  if (!caller) throw new Unauthenticated(missingKeyMessage(rules));
  // Denied requests count too: each writes to the log.
  rules.consume?.(quotaOf(caller, key), now);
  if (caller.principal.kind === "person" && required.method !== "GET") requireOwnPage(rules, headers);
  requireEarly(caller, required);
  return caller;
}

export function callerOfKey({ name, scopes, teams }: ApiKey): Caller {
  return { principal: { kind: "key", name, scopes, teams }, roles: [] };
}

/** Returns the person who is signed in, with their roles. */
export async function findSignedInCaller(
  { findPerson, loadRoles }: AccessRules,
  headers: Headers,
  now: number,
): Promise<Caller | undefined> {
  const person = await findPerson?.(headers, now);
  return person && loadRoles ? callerOf(person, await loadRoles(now)) : undefined;
}

/**
 * Requires what can be decided before a request is parsed: the scope of a key. People need roles in a team that only the
 * request names, or that only the use case knows. Use cases permit some people more than their roles do, such as to
 * acknowledge an incident that they were paged about.
 *
 * @throws AccessDenied
 */
export function requireEarly(caller: Caller, { right, team }: RequiredRight): void {
  if (right === null) return;
  if (caller.principal.kind !== "person") requireRight(caller, right);
  else if (team === "resource") requireRight(caller, "read");
}

/** Returns the emails of administrators, for a signed-in person who may read roles; otherwise none. */
export async function administratorsFor(
  { loadRoles }: AccessRules,
  caller: Caller,
  now: number,
): Promise<string[]> {
  if (!loadRoles || caller.principal.kind !== "person" || decide(caller, "read")) return [];
  return administratorsOf(await loadRoles(now));
}

/** Returns the name of a rate limit. */
function quotaOf({ principal }: Caller, key: ApiKey | undefined): string {
  return key?.sha256 ?? (principal.kind === "person" ? principal.email : "");
}

/**
 * Requires a right; without a team, in any team.
 *
 * @throws AccessDenied with the missing role or scope
 */
export function requireRight(caller: Caller, right: Right, subject: Subject = {}): void {
  const denial = decide(caller, right, subject);
  const { principal } = caller;
  if (denial) throw new AccessDenied(describeDenial(principal, denial), { principal, right, denial });
}

/**
 * Admits a request without a key. On a platform without keys, only local requests are admitted.
 *
 * @throws Forbidden, or Unreadable for an invalid Host header (RFC 9112 3.2)
 */
export function admitWithoutKey(rules: AccessRules, headers: Headers): void {
  if (!rules.keysRequired) requireLocal(rules, headers);
  else if (headers.has("host") && !hostOf(headers)) throw new Unreadable("The Host header is invalid");
}

function missingKeyMessage({ apiKeys }: AccessRules): string {
  const wanted = "A valid API key is required, as Authorization: Bearer or X-API-Key";
  return apiKeys.length > 0 ? wanted : `${wanted}. ${firstKeyHint}`;
}

const firstKeyHint =
  "If there is no key yet, the operator creates the first one: " +
  "npm run keys -- create --stage <stage> --name admin --scopes admin";

/**
 * Requires a form to come from the host's own pages, regardless of the origins that may call the API.
 *
 * @throws Forbidden
 */
export function requireOwnOrigin(rules: AccessRules, headers: Headers): void {
  const origin = headers.get("origin");
  if (origin === null) return;
  const from = parseUrl(origin);
  if (from && (from.host === headers.get("host") || rules.hosts.includes(from.hostname))) return;
  throw new Forbidden(`Forms from ${JSON.stringify(origin.slice(0, 255))} are not accepted`);
}

/**
 * Requires proof that a page of the own host sent a request with a session, because browsers send cookies by themselves.
 *
 * @throws Forbidden
 */
function requireOwnPage(rules: AccessRules, headers: Headers): void {
  if (headers.get("sec-fetch-site") === "same-origin") return;
  if (headers.get("origin") === null)
    throw new Forbidden(
      "Changes with a session are accepted from the platform's own pages only. Use an API key",
    );
  requireOwnOrigin(rules, headers);
}

function bearer(headers: Headers): string | undefined {
  return (
    /^Bearer\s+(\S+)\s*$/i.exec(headers.get("authorization") ?? "")?.[1] ?? headers.get("x-api-key")?.trim()
  );
}

/** Returns the valid key of a credential. */
export async function findKey(
  rules: Pick<AccessRules, "apiKeys" | "findKey">,
  presented: string | undefined,
): Promise<ApiKey | undefined> {
  if (!presented) return undefined;
  const digest = sha256(presented);
  const own = configuredKey(rules, digest);
  if (own || !looksLikeApiKey(presented)) return own;
  return rules.findKey?.(digest);
}

/** Returns the valid key of a digest. */
export async function keyOfDigest(
  rules: Pick<AccessRules, "apiKeys" | "findKey">,
  digest: string,
): Promise<ApiKey | undefined> {
  return configuredKey(rules, digest) ?? rules.findKey?.(digest);
}

function configuredKey({ apiKeys }: Pick<AccessRules, "apiKeys">, digest: string): ApiKey | undefined {
  return apiKeys.find((key) => matchesAny(digest, [key.sha256]));
}

/** Admits local requests only: rejects rebound host names and foreign pages. */
function requireLocal(rules: AccessRules, headers: Headers): void {
  const host = hostOf(headers);
  if (!host || !isAllowedHost(rules, host.hostname)) {
    throw new Forbidden("This platform requires no keys and therefore accepts only local host names");
  }
  const origin = headers.get("origin");
  if (origin === null || rules.corsOrigins.includes(origin)) return;
  if (origin === "null" && rules.withoutReferrer) return;
  const from = parseUrl(origin);
  const same = from && isAllowedHost(rules, from.hostname) && from.port === host.port;
  if (!same)
    throw new Forbidden(
      `The origin ${JSON.stringify(origin.slice(0, 255))} is not allowed to call the platform`,
    );
}

function isAllowedHost(rules: AccessRules, hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name) || rules.hosts.includes(name)
  );
}

/** Returns undefined for a missing or invalid Host header. */
function hostOf(headers: Headers): URL | undefined {
  const host = headers.get("host") ?? "";
  return /[/?#@\\\s]/.test(host) ? undefined : parseUrl(`http://${host}`);
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}
