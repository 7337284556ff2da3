/** The Hono app of a function: what the responses of all its routes have in common. */
import type { Context, MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { Hono } from "hono/tiny";
import type { Contract } from "../contracts/contract.ts";
import { AccessDenied } from "../domain/access/access-denied.ts";
import type { Metrics } from "../domain/metrics.ts";
import { timeBudget } from "../domain/time-budget.ts";
import { withTimeLimit } from "../telemetry/context.ts";
import { traceIdOf, traceparentOf } from "../telemetry/trace.ts";
import type { IdempotencyStore } from "../use-cases/ports/idempotency.ts";
import type { Clock, Log, Ulid } from "../use-cases/ports/system.ts";
import { type AccessRules, admitWithoutKey } from "./access.ts";
import { MethodNotAllowed, NoSuchPath, TimedOut } from "./errors.ts";
import { type PresentProblem, problemResponse } from "./problem.ts";
import type { RecordDenial } from "./record-denial.ts";
import { requestIdOf } from "./request/request-id.ts";
import { securityHeaders } from "./security-headers.ts";

export interface EdgeDeps {
  readonly access: AccessRules;
  readonly clock: Clock;
  readonly ulid: Ulid;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Used by endpoints that create resources; others do not have it. */
  readonly idempotency?: () => IdempotencyStore;
  /** Absent for endpoints that require no key, and for those whose denied requests are only logged. */
  readonly recordDenial?: RecordDenial;
  /** Renders a problem for endpoints for people. Others respond with JSON. */
  readonly presentProblem?: PresentProblem;
}

/** The route of a request, as logs and metrics name it. */
type RouteLabel = Pick<Contract, "service" | "path">;

export interface AppEnv {
  Bindings: {
    /** The request's method, where `fetch` forbids it: TRACE, TRACK and CONNECT. */
    readonly event: {
      readonly forbiddenMethod?: string;
      readonly requestContext?: { readonly http?: { readonly sourceIp?: string } };
    };
  };
  Variables: { edge: EdgeDeps; requestId: string; route: RouteLabel };
}

export type App = Hono<AppEnv>;
type Middleware = MiddlewareHandler<AppEnv>;

const standardMethods = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"];

/**
 * Makes an app without routes. Each response has a request id and security headers, each request a log line and metrics,
 * and each error becomes a problem.
 *
 * @param unmatched names requests that no route matches
 * @param methodsAt returns the methods of a path; none where there is no such path
 */
export function createApp(
  edge: () => EdgeDeps,
  unmatched: RouteLabel,
  methodsAt: (pathname: string) => readonly string[] = () => [],
): App {
  const app = new Hono<AppEnv>({ strict: false });
  app.use(securityHeaders, observe(edge, unmatched), refuseForbiddenMethods(methodsAt), allowOrigins, inTime);
  app.onError(presentError);
  // URL parsing treats `.` and `..` as relative segments, so they are not valid names.
  app.notFound(() => {
    throw new NoSuchPath("The path does not exist");
  });
  return app;
}

/** Runs the request in its context, logs it and counts it. */
function observe(edge: () => EdgeDeps, unmatched: RouteLabel): Middleware {
  return (context, next) => {
    const deps = edge();
    const { headers } = context.req.raw;
    const method = context.env.event.forbiddenMethod ?? context.req.method;
    const requestId = requestIdOf(headers.get("x-request-id")) ?? deps.ulid(deps.clock());
    context.set("edge", deps);
    context.set("requestId", requestId);
    context.set("route", unmatched);
    const traceparent = traceparentOf({
      traceparent: headers.get("traceparent"),
      xray: headers.get("x-amzn-trace-id"),
    });
    const fields = { request_id: requestId, trace_id: traceIdOf(traceparent) };
    const ipAddress = ipAddressOf(context.env.event.requestContext?.http?.sourceIp);
    return withTimeLimit({ traceparent, fields, ipAddress }, async () => {
      const startedAt = performance.now();
      await next();
      // Some emulated systems set their own request ID.
      if (!context.res.headers.has("x-request-id")) context.res.headers.set("x-request-id", requestId);
      const { service, path: route } = context.get("route");
      const { status } = context.res;
      const seconds = (performance.now() - startedAt) / 1_000;
      deps.log.info("request", { method, route, status, duration_ms: Math.round(seconds * 1_000) });
      // Clients can invent methods, which must not become series of metrics.
      const labels = { service, method: standardMethods.includes(method) ? method : "other", route };
      deps.metrics.count("http_requests_total", { ...labels, status: `${Math.floor(status / 100)}xx` });
      deps.metrics.observe("http_request_duration_seconds", labels, seconds);
    });
  };
}

/** Returns an IPv4 address that came over an IPv6 socket as IPv4. */
function ipAddressOf(source: string | undefined): string | undefined {
  return source?.replace(/^::ffff:(?=\d+\.)/i, "");
}

function refuseForbiddenMethods(methodsAt: (pathname: string) => readonly string[]): Middleware {
  return (context, next) => {
    const method = context.env.event.forbiddenMethod;
    if (method === undefined) return next();
    const allowed = methodsAt(new URL(context.req.url).pathname);
    throw new MethodNotAllowed(method, allowed.length > 0 ? allowed : standardMethods);
  };
}

const crossOrigin = cors({
  origin: (origin) => origin,
  allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
  allowHeaders: ["authorization", "content-type", "idempotency-key", "x-api-key", "x-request-id"],
  exposeHeaders: ["location", "retry-after", "x-request-id"],
  maxAge: 600,
});

/** Allows pages of the configured origins to call the API. */
const allowOrigins: Middleware = (context, next) => {
  const { headers, method } = context.req.raw;
  const { access } = context.get("edge");
  if (!access.corsOrigins.includes(headers.get("origin") ?? "")) return next();
  if (method === "OPTIONS") {
    if (!headers.has("access-control-request-method")) return next();
    admitWithoutKey(access, headers);
  }
  return crossOrigin(context, next);
};

/** @throws TimedOut when the time for a response is over; work that is still running is not waited for */
const inTime: Middleware = async (_, next) => {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TimedOut()), timeBudget.responseMs);
  try {
    await Promise.race([next(), late]);
  } finally {
    clearTimeout(timer);
  }
};

async function presentError(error: Error, context: Context<AppEnv>): Promise<Response> {
  // Without them the app could not even begin to respond.
  const edge = context.get("edge") as EdgeDeps | undefined;
  const requestId =
    (context.get("requestId") as string | undefined) ??
    requestIdOf(context.req.header("x-request-id")) ??
    crypto.randomUUID();
  if (edge?.recordDenial && error instanceof AccessDenied) {
    const { method, path } = context.req;
    await edge.recordDenial(error.attempt, { method, path, route: context.get("route").path });
  }
  const response = await problemResponse(error, requestId, edge?.presentProblem, context.req.raw);
  if (response.status >= 500) {
    const { name, message, stack } = error;
    const line = { level: "error", message: "request failed", error: { name, message, stack } };
    if (edge) edge.log.error("request failed", { error });
    else console.error(JSON.stringify(line));
  }
  response.headers.set("x-request-id", requestId);
  return response;
}
