import { createHash, timingSafeEqual } from "node:crypto";
import type { Scope } from "../contracts/contract.ts";
import { Forbidden, Unauthenticated } from "./errors.ts";

export interface ApiKey {
  readonly name: string;
  readonly scopes: readonly string[];
  /** Of the key, in hex. */
  readonly sha256: string;
}

export interface AccessRules {
  /** Without keys, only this machine's own pages and tools get in. */
  readonly keysRequired: boolean;
  readonly apiKeys: readonly ApiKey[];
  /** Hosts that the platform answers to besides loopback, lower case, without port. */
  readonly hosts: readonly string[];
  /** Origins whose pages may call the API. */
  readonly corsOrigins: readonly string[];
}

/** Who is calling; null where no key is asked for. */
export type Principal = { readonly name: string } | null;

/**
 * Lets a request in or not.
 *
 * @throws Unauthenticated or Forbidden
 */
export function admit(rules: AccessRules, headers: Headers, scope: Scope): Principal {
  if (!rules.keysRequired) {
    refuseForeigners(rules, headers);
    return null;
  }
  if (scope === null) return null;
  const key = findKey(rules.apiKeys, bearer(headers));
  if (!key) throw new Unauthenticated("A valid API key is required, as Authorization: Bearer or X-API-Key");
  requireScope(key, scope);
  return { name: key.name };
}

/** @throws Forbidden */
export function requireScope(key: ApiKey, scope: string): void {
  if (!hasScope(key, scope))
    throw new Forbidden(`The key ${JSON.stringify(key.name)} lacks the scope ${scope}`);
}

export function hasScope(key: ApiKey, scope: string): boolean {
  return implied(key.scopes).has(scope);
}

/**
 * A form comes from a page of the host that it is sent to, whatever other origins may call the API.
 *
 * @throws Forbidden
 */
export function refuseForeignForms(rules: AccessRules, headers: Headers): void {
  const origin = headers.get("origin");
  if (origin === null) return;
  const from = parseUrl(origin);
  if (from && (from.host === headers.get("host") || rules.hosts.includes(from.hostname))) return;
  throw new Forbidden(`Forms of ${JSON.stringify(origin.slice(0, 255))} may not be sent here`);
}

function bearer(headers: Headers): string | undefined {
  return (
    /^Bearer\s+(\S+)\s*$/i.exec(headers.get("authorization") ?? "")?.[1] ?? headers.get("x-api-key")?.trim()
  );
}

export function findKey(keys: readonly ApiKey[], presented: string | undefined): ApiKey | undefined {
  if (!presented) return undefined;
  const digest = createHash("sha256").update(presented).digest();
  return keys.find(({ sha256 }) => {
    const known = Buffer.from(sha256, "hex");
    return known.length === digest.length && timingSafeEqual(known, digest);
  });
}

function implied(scopes: readonly string[]): Set<string> {
  const all = new Set(scopes);
  if (all.has("admin")) for (const scope of ["ingest", "read", "write"]) all.add(scope);
  if (all.has("write")) all.add("read");
  return all;
}

/** An open platform is open to its own machine: not to a name that was rebound to it, nor to a foreign page. */
function refuseForeigners(rules: AccessRules, headers: Headers): void {
  const host = parseUrl(`http://${headers.get("host") ?? ""}`);
  if (!host || !isOwn(rules, host.hostname)) {
    throw new Forbidden(`This platform is open without keys and answers only on its own machine's names`);
  }
  const origin = headers.get("origin");
  if (origin === null || rules.corsOrigins.includes(origin)) return;
  const from = parseUrl(origin);
  const same = from && isOwn(rules, from.hostname) && from.port === host.port;
  if (!same)
    throw new Forbidden(`Pages of ${JSON.stringify(origin.slice(0, 255))} may not call this platform`);
}

function isOwn(rules: AccessRules, hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === "localhost" || name === "[::1]" || /^127(\.\d{1,3}){3}$/.test(name) || rules.hosts.includes(name)
  );
}

function parseUrl(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** What a browser is told when one of the configured origins calls. */
export function corsHeaders(rules: AccessRules, origin: string | null): Record<string, string> {
  if (origin === null || !rules.corsOrigins.includes(origin)) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, POST, PUT, PATCH, DELETE",
    "access-control-allow-headers": "authorization, content-type, idempotency-key, x-api-key, x-request-id",
    "access-control-expose-headers": "location, retry-after, x-request-id",
    "access-control-max-age": "600",
    vary: "origin",
  };
}
