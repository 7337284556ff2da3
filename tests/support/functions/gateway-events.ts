/** HTTP API events (payload 2.0) as created by API Gateway and by serverless-offline. */
import { resolve } from "node:path";
import type { LambdaEvent } from "hono/aws-lambda";
import { findFunctions } from "../../../infra/stack/functions.ts";
import { keysWithHead } from "../../../infra/stack/gateway-routes.ts";
import { bySpecificity, pathPattern } from "../../../shared/contracts/path-template.ts";

/** Gateways with different decoding. */
export const gateways = ["serverless-offline", "api-gateway"] as const;
export type Gateway = (typeof gateways)[number];

export interface GatewayRequest {
  readonly method: string;
  /** Encoded path. */
  readonly path: string;
  /** Raw query string. */
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer | null;
}

interface Route {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

const routes = (await findFunctions(resolve(import.meta.dirname, "../../..")))
  .flatMap(({ definition }) => definition.events ?? [])
  .flatMap(({ httpApi }) => (httpApi && httpApi !== "*" ? [httpApi] : []))
  .map((route) => ({ ...route, pattern: pathPattern(route.path) }))
  .toSorted((a, b) => bySpecificity(a.path, b.path));

const routeKeys = routes.map(({ method, path }) => `${method === "*" ? "ANY" : method} ${path}`);

/** Returns the matching route: exact paths first, then placeholders, then `{path+}`. */
function routeOf(method: string, path: string): Route {
  const wanted = method === "HEAD" ? "GET" : method;
  const route = routes.find(
    ({ method: own, pattern }) => (own === wanted || own === "*") && pattern.test(path),
  );
  if (!route) return { routeKey: "$default", pathParameters: null };
  const groups = route.pattern.exec(path)?.groups ?? {};
  const parameters = Object.entries(groups).map(([name, value]) => [name, decoded(value)]);
  return {
    routeKey: `${route.method === "*" ? "ANY" : route.method} ${route.path}`,
    pathParameters: parameters.length > 0 ? Object.fromEntries(parameters) : null,
  };
}

export function gatewayEvent(gateway: Gateway, request: GatewayRequest): LambdaEvent {
  const { method, query, headers } = request;
  const offline = gateway === "serverless-offline";
  const path = offline ? withoutTrailingSlash(request.path) : request.path;
  const route = routeOf(method, path);
  const routeKey = offline ? route.routeKey : keyOnAws(method, route.routeKey);
  const rawPath = offline ? path : decoded(path);
  const parameters = route.pathParameters ?? (offline ? { default: decoded(path.slice(1)) } : null);
  const { cookie, ...others } = headers;
  const apart = !offline && cookie !== undefined;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    rawQueryString: query,
    ...(apart && { cookies: cookie.split("; ") }),
    headers: apart ? others : headers,
    ...(parameters && { pathParameters: parameters }),
    ...bodyOf(request, offline),
    requestContext: {
      domainName: offline ? "offlineContext_domainName" : "a1b2c3.execute-api.eu-central-1.amazonaws.com",
      domainPrefix: offline ? "offlineContext_domainPrefix" : "a1b2c3",
      http: { method, path: rawPath, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: offline ? "offlineContext_resourceId" : "JKJaXmPLvHcESHA=",
      routeKey,
      stage: "$default",
      accountId: "123456789012",
      apiId: "a1b2c3",
      time: "",
      timeEpoch: 0,
    },
  } as unknown as LambdaEvent;
}

/** Returns the key of the route on AWS, which may be that of HEAD, or one for all methods. */
function keyOnAws(method: string, routeKey: string): string {
  const [key, headKey] = keysWithHead(routeKey, routeKeys);
  return (method === "HEAD" && headKey) || key;
}

/** Keeps invalid encodings unchanged. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
}

/** API Gateway encodes bodies in base64 unless their Content-Type is text. */
function bodyOf({ body, headers }: GatewayRequest, offline: boolean): object {
  if (body === null) return { body, isBase64Encoded: false };
  const type = headers["content-type"] ?? "application/json";
  const text = offline || /^(text\/|application\/(json|xml|javascript))/.test(type);
  if (typeof body === "string" && text) return { body, isBase64Encoded: false };
  return { body: Buffer.from(body).toString("base64"), isBase64Encoded: true };
}
