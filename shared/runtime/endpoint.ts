/** Factories of Lambda handlers for contracts, one per kind of endpoint. */
import { lazy } from "../caching/lazy.ts";
import type { Contract } from "../contracts/contract.ts";
import { areKeysRequired } from "../domain/access/keys-required.ts";
import type { Right } from "../domain/access/rights.ts";
import type { EdgeDeps } from "../http/app.ts";
import { endpoint as makeEndpoint, type Reply, type Request } from "../http/endpoint.ts";
import type { LambdaHandler } from "../http/lambda.ts";
import { rateLimit } from "../http/rate-limit.ts";
import { denialRecorder } from "../http/record-denial.ts";
import { idempotencyStore } from "../storage/idempotency-store.ts";
import { apiKeyCache } from "../use-cases/access/api-key-cache.ts";
import { loadRoles } from "./access/people.ts";
import { edgeConfig } from "./config.ts";
import { metrics } from "./metrics.ts";
import { findPerson } from "./sign-in/find-person.ts";
import { accessEvents, keyLookup } from "./stores.ts";
import { clock, log, ulid } from "./system.ts";
import { table } from "./table.ts";

type Handle<C extends Contract> = (request: Request<C>) => Promise<Reply<C>>;

/** Request handling for functions that do not need keys from the table. */
export const edge = lazy((): EdgeDeps => {
  const config = edgeConfig();
  const publicHost = config.PUBLIC_URL === "" ? [] : [new URL(config.PUBLIC_URL).hostname];
  return {
    access: {
      keysRequired: areKeysRequired(config),
      apiKeys: config.API_KEYS,
      hosts: [...publicHost, ...config.ALLOWED_HOSTS.map((host) => host.toLowerCase())],
      corsOrigins: config.CORS_ORIGINS,
    },
    clock,
    ulid,
    log: log(),
    metrics: metrics(),
  };
});

/**
 * Request handling for functions that accept only keys, also from the table. Denied requests are only logged: the code of
 * the audit log would delay the cold starts that senders of alerts wait for.
 */
export const keyEdge = lazy((): EdgeDeps => {
  const { access, ...rest } = edge();
  const find = apiKeyCache({ apiKeys: keyLookup(), clock, log: log() });
  return {
    ...rest,
    access: {
      ...access,
      async findKey(sha256) {
        const key = await find(sha256);
        return key && { name: key.name, scopes: key.scopes, teams: key.teams, sha256 };
      },
      consume: rateLimit(edgeConfig().RATE_LIMIT_PER_MINUTE),
    },
  };
});

/** Request handling for functions that require a key, or a person who is signed in. */
export const keyedEdge = lazy((): EdgeDeps => {
  const { access, ...rest } = keyEdge();
  const peopleSignIn = edgeConfig().OIDC_ISSUER !== "";
  return {
    ...rest,
    recordDenial: denialRecorder(accessEvents(), log()),
    access: { ...access, loadRoles, ...(peopleSignIn && { findPerson }) },
  };
});

/* @__NO_SIDE_EFFECTS__ */
const idempotent = (edge: () => EdgeDeps) =>
  lazy((): EdgeDeps => ({ ...edge(), idempotency: lazy(() => idempotencyStore(table())) }));

const idempotentEdge = idempotent(keyedEdge);
const ingestionEdge = idempotent(keyEdge);

/** Creates the handler of a contract that requires a key, creates nothing and returns JSON. */
/* @__NO_SIDE_EFFECTS__ */
export function endpoint<
  const C extends Contract & {
    readonly right: Right;
    readonly idempotent?: never;
    readonly page?: never;
  },
>(contract: C, handle: Handle<C>): LambdaHandler {
  return makeEndpoint(keyedEdge, contract, handle);
}

/**
 * Creates the handler of a contract that creates a resource: a request with an Idempotency-Key can be
 * repeated.
 */
/* @__NO_SIDE_EFFECTS__ */
export function creatingEndpoint<const C extends Contract & { readonly idempotent: true }>(
  contract: C,
  handle: Handle<C>,
): LambdaHandler {
  return makeEndpoint(idempotentEdge, contract, handle);
}

/** Creates the handler of a contract for programs that send alerts. Senders wait for its cold start. */
/* @__NO_SIDE_EFFECTS__ */
export function ingestionEndpoint<
  const C extends Contract & { readonly right: "ingest"; readonly idempotent: true },
>(contract: C, handle: Handle<C>): LambdaHandler {
  return makeEndpoint(ingestionEdge, contract, handle);
}

/** Creates the handler of a contract that requires no key, creates nothing and returns JSON or a file. */
/* @__NO_SIDE_EFFECTS__ */
export function openEndpoint<
  const C extends Contract & { readonly right: null; readonly idempotent?: never; readonly page?: never },
>(contract: C, handle: Handle<C>): LambdaHandler {
  return makeEndpoint(edge, contract, handle);
}
