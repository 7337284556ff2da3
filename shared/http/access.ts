import { timingSafeEqual } from "node:crypto";
import type { Scope } from "../contracts/contract.ts";
import { sha256 } from "../crypto/sha256.ts";
import { looksLikeApiKey } from "../domain/access/api-key.ts";
import { Forbidden, Unauthenticated, Unreadable } from "./errors.ts";
import type { ConsumeQuota } from "./rate-limit.ts";

export interface ApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
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
  /** Rate limit per key. */
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

/** The caller; null if no key is required. */
type Principal = { readonly name: string } | null;

/**
 * Authenticates and authorizes a request. Time is epoch milliseconds.
 *
 * @throws Unauthenticated, Forbidden or TooManyRequests
 */
export async function admit(
  rules: AccessRules,
  headers: Headers,
  scope: Scope,
  now: number,
): Promise<Principal> {
  admitWithoutKey(rules, headers);
  if (!rules.keysRequired || scope === null) return null;
  const key = await findKey(rules, bearer(headers));
  if (!key) throw new Unauthenticated(missingKeyMessage(rules));
  requireScope(key, scope);
  rules.consume?.(key.sha256, now);
  return { name: key.name };
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

/** @throws Forbidden */
export function requireScope(key: ApiKey, scope: string): void {
  if (!hasScope(key, scope))
    throw new Forbidden(`The key ${JSON.stringify(key.name)} lacks the scope ${scope}`);
}

export function hasScope(key: ApiKey, scope: string): boolean {
  return implied(key.scopes).has(scope);
}

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
  const wanted = Buffer.from(digest, "hex");
  return apiKeys.find((key) => {
    const known = Buffer.from(key.sha256, "hex");
    return known.length === wanted.length && timingSafeEqual(known, wanted);
  });
}

function implied(scopes: readonly string[]): Set<string> {
  const all = new Set(scopes);
  if (all.has("admin")) for (const scope of ["ingest", "read", "write", "scim"]) all.add(scope);
  if (all.has("write")) all.add("read");
  return all;
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
