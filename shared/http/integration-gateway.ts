/**
 * Integration gateway: endpoints for clients of other platforms, with their paths, keys and responses.
 *
 * The path selects the route, and the key selects the integration. Once a route is found, errors use that
 * platform's format.
 */
import { matchPath, pathPattern } from "../contracts/path-template.ts";
import type { Integration } from "../domain/integrations/integration.ts";
import { looksLikeIntegrationKey } from "../domain/integrations/integration.ts";
import type * as types from "../integrations/integration-type.ts";
import type { IntegrationContext } from "../use-cases/ports/integration-context.ts";
import type { ActivityRecorder } from "../use-cases/ports/integrations.ts";
import { admitWithoutKey } from "./access.ts";
import { createApp, type EdgeDeps } from "./app.ts";
import { MethodNotAllowed, NoSuchPath, Unauthenticated } from "./errors.ts";
import { type LambdaHandler, lambda } from "./lambda.ts";
import { headersOf, problemOf } from "./problem.ts";
import { type ConsumeQuota, rateLimit } from "./rate-limit.ts";
import { readBody } from "./request/body.ts";
import { readJson } from "./request/json.ts";
import { withoutTrailingSlashes } from "./request/request-path.ts";

type Types = Readonly<Record<string, types.IntegrationType>>;

export interface IntegrationGatewayDeps {
  readonly edge: EdgeDeps;
  readonly findIntegration: (key: string) => Promise<Integration | undefined>;
  readonly createIntegrationContext: (
    wanted: Pick<IntegrationContext, "integration" | "now" | "warn"> & { title: string },
  ) => IntegrationContext;
  /** Stores the error in the integration's errors. Never throws. */
  readonly keepError: ActivityRecorder["keepError"];
}

/** A route that matches the request. */
interface Candidate {
  readonly typeName: string;
  readonly type: types.IntegrationType;
  readonly route: types.Route;
  readonly params: Readonly<Record<string, string>>;
}

/** The match of a request's path. */
interface RouteMatch {
  /** Undefined if the key is elsewhere in the request. */
  readonly keyInPath: string | undefined;
  /** Path template for logs and metrics, without the key. */
  readonly template: string;
  /** Routes of the path, for any method. */
  readonly candidates: readonly Candidate[];
  /** Error format before the integration is known; undefined for problem+json. */
  readonly refuse: types.Refuse | undefined;
}

/** Creates the Lambda handler for all paths of the integration types. */
export function integrationGateway(types: Types, deps: () => IntegrationGatewayDeps): LambdaHandler {
  const matchRoutes = routeMatcher(types);
  const consume = quotasOf(types);
  const app = createApp(
    () => deps().edge,
    { service: "alerts", path: "*" },
    (pathname) => methodsOf(matchRoutes(pathname).candidates),
  );
  app.all("*", (context) => {
    const { raw } = context.req;
    const match = matchRoutes(new URL(raw.url).pathname);
    context.set("route", { service: "alerts", path: match.template });
    return serve(types, deps(), consume, match, raw, context.get("requestId"));
  });
  return lambda(app);
}

async function serve(
  types: Types,
  { edge, findIntegration, createIntegrationContext, keepError }: IntegrationGatewayDeps,
  consume: (typeName: string) => ConsumeQuota | undefined,
  { keyInPath, candidates, ...match }: RouteMatch,
  raw: Request,
  requestId: string,
): Promise<Response> {
  const now = edge.clock();
  let [candidate] = candidates;
  let { refuse } = match;
  let integration: Integration | undefined;
  let body = "";
  try {
    admitWithoutKey(edge.access, raw.headers);
    body = await readBody(raw);
    const inbound = inboundOf(raw, body);
    const key = keyInPath ?? candidate?.route.key?.(inbound);
    const found = key !== undefined && looksLikeIntegrationKey(key) ? await findIntegration(key) : undefined;
    const type = found && Object.hasOwn(types, found.type) ? types[found.type] : undefined;
    if (!found || !type) throw noIntegration(candidates, keyInPath);
    const own = candidates.filter(({ typeName }) => typeName === found.type);
    if (own.length === 0 && keyInPath === undefined)
      throw new Unauthenticated("The key belongs to an integration of another type");
    integration = found;
    refuse = refuseOf(own[0]) ?? type.refuse;
    if (own.length === 0) throw new NoSuchPath(`${type.title} has no such path`);
    // HEAD is supported wherever GET is.
    const method = raw.method === "HEAD" ? "GET" : raw.method;
    candidate = own.find(({ route }) => route.method === method);
    if (!candidate) throw new MethodNotAllowed(raw.method, methodsOf(own));
    refuse = refuseOf(candidate) ?? refuse;
    consume(found.type)?.(found.keyDigest, now);
    const warnings: { readonly message: string; readonly part: string }[] = [];
    const context = createIntegrationContext({
      integration,
      title: type.title,
      now,
      warn: (message, part = body) => void warnings.push({ message, part }),
    });
    const reply = await candidate.route.handle({ ...inbound, params: candidate.params }, context);
    for (const { message, part } of warnings)
      await keepError({ integrationId: found.id, status: null, message, body: part });
    return responseOf(reply);
  } catch (error) {
    if (!refuse) throw error;
    const { status, code, detail: message, errors: faults = [] } = problemOf(error, requestId);
    const refusal = { status, code, message, faults, requestId };
    if (status >= 500) edge.log.error("request failed", { error });
    if (integration) {
      const { id: integrationId } = integration;
      await keepError({ integrationId, status, message, body });
    }
    const response = responseOf(refuse(refusal));
    for (const [name, value] of Object.entries(headersOf(error))) response.headers.set(name, value);
    return response;
  }
}

function methodsOf(candidates: readonly Candidate[]): string[] {
  return [...new Set(candidates.map(({ route }) => route.method))];
}

/** Returns the error if there is no integration. */
function noIntegration(candidates: readonly Candidate[], keyInPath: string | undefined): Error {
  return candidates.length === 0 && keyInPath === undefined
    ? new NoSuchPath("The path does not exist")
    : new Unauthenticated("An integration key with 32 characters is required");
}

function refuseOf(candidate: Candidate | undefined): types.Refuse | undefined {
  return candidate && (candidate.route.refuse ?? candidate.type.refuse);
}

/** Returns the error format for an unknown path. */
function refuseBelow(types: Types, path: string): types.Refuse | undefined {
  return Object.values(types).find(({ root }) => root !== undefined && path.startsWith(root))?.refuse;
}

function inboundOf({ method, url, headers }: Request, body: string): types.Inbound {
  let parsed: { readonly value: unknown } | undefined;
  return {
    method,
    params: {},
    query: new URL(url).searchParams,
    headers,
    body,
    json() {
      parsed ??= { value: readJson(body) };
      return parsed.value;
    },
  };
}

function responseOf({ status, body, headers }: types.Reply): Response {
  const asItIs = body === null || typeof body === "string";
  return new Response(asItIs ? body : JSON.stringify(body), {
    status,
    headers: { "content-type": asItIs ? "text/plain; charset=utf-8" : "application/json", ...headers },
  });
}

const keyed = /^\/integrations\/+([^/]+)(\/.*)?$/;

function routeMatcher(types: Types): (pathname: string) => RouteMatch {
  const patterns = Object.entries(types).flatMap(([typeName, type]) =>
    type.routes.map((route) => ({ typeName, type, route, pattern: pathPattern(route.path, ".+?") })),
  );
  return (pathname) => {
    const trimmed = withoutTrailingSlashes(pathname);
    const [, keyInPath, below = ""] = keyed.exec(trimmed) ?? [];
    const path = keyInPath === undefined ? trimmed : below;
    const candidates = patterns
      .filter(({ route }) => keyInPath !== undefined || route.key)
      .flatMap(({ pattern, ...rest }) => {
        const params = matchPath(pattern, path);
        return params ? [{ ...rest, params }] : [];
      });
    const found = candidates[0]?.route.path ?? "/*";
    return {
      keyInPath,
      candidates,
      refuse: refuseOf(candidates[0]) ?? (keyInPath === undefined ? refuseBelow(types, path) : undefined),
      template: keyInPath === undefined ? found : `/integrations/{key}${found}`,
    };
  };
}

/** Creates a separate rate limit for each type that has one. */
function quotasOf(types: Types): (typeName: string) => ConsumeQuota | undefined {
  const all = new Map(
    Object.entries(types).map(([name, { requestsPerMinute = 0 }]) => [name, rateLimit(requestsPerMinute)]),
  );
  return (typeName) => all.get(typeName);
}
