import { Hono } from "hono";
import type * as z from "zod";
import { bodySchemaOf, type Contract } from "../contracts/contract.ts";
import { honoPath } from "../contracts/path-template.ts";
import type { Metrics } from "../domain/metrics.ts";
import { timeBudget } from "../domain/time-budget.ts";
import { actingAs, withContext } from "../telemetry/context.ts";
import { traceIdOf, traceparentOf } from "../telemetry/trace.ts";
import type { IdempotencyStore } from "../use-cases/ports/idempotency.ts";
import type { PageRequest } from "../use-cases/ports/page.ts";
import type { Clock, Log, Ulid } from "../use-cases/ports/system.ts";
import { type AccessRules, admit, corsHeaders } from "./access.ts";
import { readBody } from "./body.ts";
import { encodeCursor } from "./cursor.ts";
import { NoSuchPath, TimedOut, Unreadable } from "./errors.ts";
import { readJson } from "./json.ts";
import { type LambdaHandler, lambda } from "./lambda.ts";
import { type PresentProblem, problemResponse, retryLater } from "./problem.ts";
import { filtersOf, pageOf, parse } from "./query.ts";
import { withoutReadOnly } from "./read-only.ts";
import { handleOnce } from "./repeatable.ts";
import { requestIdOf } from "./request-id.ts";
import { securityHeaders } from "./security-headers.ts";

export interface EdgeDeps {
  readonly access: AccessRules;
  readonly clock: Clock;
  readonly ulid: Ulid;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Asked for by endpoints that create; the others don't carry it. */
  readonly idempotency?: () => IdempotencyStore;
  /** How endpoints that answer people show a problem; the others answer JSON. */
  readonly presentProblem?: PresentProblem;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Request<C extends Contract> {
  readonly params: Parsed<C["params"]>;
  readonly query: Parsed<C["query"]>;
  readonly body: Parsed<C["body"]>;
  /** The page that a list is asked for. */
  readonly page: PageRequest;
  /** A position as the cursor that leads to it. */
  readonly cursor: (position: string | null) => string | null;
  /** Epoch milliseconds; for a repeated request, of its first arrival. */
  readonly now: number;
  readonly ulid: Ulid;
  /** Name of the caller's key; null where none is asked for. */
  readonly caller: string | null;
  readonly headers: Headers;
}

/** The response's body, or a whole response where that is not JSON. */
export type Reply<C extends Contract> = C["response"] extends z.ZodType
  ? Answer<z.input<C["response"]>>
  : Response;

/** A body, with the contract's status or another, and where to find what was created. */
export interface Answer<T> {
  readonly body: T;
  readonly status?: number;
  readonly location?: string;
}

/** Makes a Lambda handler of a contract and what answers it. */
export function endpoint<const C extends Contract>(
  edge: () => EdgeDeps,
  contract: C,
  answer: (request: Request<C>) => Promise<Reply<C>>,
): LambdaHandler {
  const app = new Hono({ strict: false });
  app.all(honoPath(contract.path), (context) =>
    respond(edge(), contract, context.req.raw, (requestId) =>
      handleRequest(edge(), contract, answer, {
        raw: context.req.raw,
        params: context.req.param(),
        requestId,
      }),
    ),
  );
  // A URL reads /alerts/%2E%2E as /: no name is `.` or `..`.
  app.notFound(({ req: { raw } }) =>
    respond(edge(), contract, raw, () => Promise.reject(new NoSuchPath("There is nothing at this path"))),
  );
  return lambda(app, bodySchemaOf(contract) !== undefined);
}

/** What every response has: an id, safe headers, a log line, and a problem for an error. */
export function respond(
  edge: EdgeDeps,
  route: Pick<Contract, "service" | "path">,
  request: globalThis.Request,
  answer: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const requestId = requestIdOf(request.headers.get("x-request-id")) ?? edge.ulid(edge.clock());
  const traceparent = traceparentOf({
    traceparent: request.headers.get("traceparent"),
    xray: request.headers.get("x-amzn-trace-id"),
  });
  const fields = { request_id: requestId, trace_id: traceIdOf(traceparent) };
  const signal = AbortSignal.timeout(timeBudget.callsMs);
  return withContext({ traceparent, fields, signal }, () =>
    measured(edge, route, request, requestId, answer),
  );
}

async function measured(
  edge: EdgeDeps,
  { service, path }: Pick<Contract, "service" | "path">,
  request: globalThis.Request,
  requestId: string,
  answer: (requestId: string) => Promise<Response>,
): Promise<Response> {
  const startedAt = performance.now();
  let response: Response;
  try {
    response = await inTime(answer(requestId));
  } catch (error) {
    response = problemResponse(error, requestId, edge.presentProblem);
    if (response.status >= 500) edge.log.error("request failed", { error });
  }
  // Some foreign systems name requests themselves.
  if (!response.headers.has("x-request-id")) response.headers.set("x-request-id", requestId);
  for (const [name, value] of Object.entries(corsHeaders(edge.access, request.headers.get("origin")))) {
    response.headers.append(name, value);
  }
  for (const [name, value] of Object.entries(securityHeaders)) {
    if (!response.headers.has(name)) response.headers.set(name, value);
  }
  const seconds = (performance.now() - startedAt) / 1_000;
  edge.log.info("request", {
    method: request.method,
    route: path,
    status: response.status,
    duration_ms: Math.round(seconds * 1_000),
  });
  // Anybody can send a method of their own making; nobody is to make series of them.
  const method = methods.has(request.method) ? request.method : "other";
  const labels = { service, method, route: path };
  edge.metrics.count("http_requests_total", { ...labels, status: `${Math.floor(response.status / 100)}xx` });
  edge.metrics.observe("http_request_duration_seconds", labels, seconds);
  return response;
}

/** @throws TimedOut when the work isn't done by then; whatever it still does is not waited for */
async function inTime<T>(work: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new TimedOut()), timeBudget.answerMs);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

const methods: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);

interface Incoming {
  readonly raw: globalThis.Request;
  readonly params: Record<string, string>;
  readonly requestId: string;
}

async function handleRequest<C extends Contract>(
  edge: EdgeDeps,
  contract: C,
  answer: (request: Request<C>) => Promise<Reply<C>>,
  { raw, params, requestId }: Incoming,
): Promise<Response> {
  const caller = (await admit(edge.access, raw.headers, contract.scope, edge.clock()))?.name ?? null;
  const { pathname, searchParams: query } = new URL(raw.url);
  const schema = bodySchemaOf(contract);
  const text = schema ? await readBody(raw) : "";
  const list = JSON.stringify([contract.path, params, filtersOf(query)]);
  const parsed = {
    params: parse(contract.params, params),
    query: parse(contract.query, Object.fromEntries(query)),
    body: parse(schema, withoutReadOnly(contract, params, bodyOf(schema, contract, text))),
  };
  const request = {
    ...parsed,
    page: pageOf(parsed.query, list),
    cursor: (position: string | null) => (position === null ? null : encodeCursor(list, position)),
    now: edge.clock(),
    ulid: edge.ulid,
    caller,
    headers: raw.headers,
  } as Request<C>;

  const act = (asked: Request<C>) =>
    actingAs({ actor: caller, method: raw.method, path: pathname }, () => answer(asked));

  const key = raw.headers.get("idempotency-key");
  if (!contract.idempotent || !edge.idempotency || key === null)
    return toResponse(contract, await act(request));
  const owner = JSON.stringify([caller, contract.method, contract.path, params]);
  const reply = await handleOnce(
    edge.idempotency(),
    {
      owner,
      key,
      body: text,
      now: request.now,
      seed: requestId + edge.ulid(request.now),
      secretOnce: contract.secretOnce,
    },
    async (now, ulid) => {
      const { body, status, location } = (await act({ ...request, now, ulid })) as Answer<unknown>;
      return { status: status ?? contract.status, body: JSON.stringify(body), location: location ?? null };
    },
  );
  return jsonResponse(reply.status, reply.body, reply.location ?? undefined);
}

function toResponse<C extends Contract>(contract: C, reply: Reply<C>): Response {
  if (reply instanceof Response) return reply;
  const { body, status, location } = reply as Answer<unknown>;
  return jsonResponse(status ?? contract.status, JSON.stringify(body), location);
}

function jsonResponse(status: number, body: string, location: string | undefined): Response {
  return new Response(body, {
    status,
    headers: {
      "content-type": "application/json",
      ...(location !== undefined && { location }),
      ...(status === 503 && retryLater),
    },
  });
}

/** Only an endpoint that can do without a JSON body takes none. */
function bodyOf(schema: z.ZodType | undefined, { bodyType }: Contract, text: string): unknown {
  if (!schema) return undefined;
  if (bodyType) return text;
  const body = readJson(text);
  if (body === undefined && !schema.safeParse(undefined).success) throw new Unreadable("The body is empty");
  return body;
}
