import type * as z from "zod";
import { bodySchemaOf, type Contract, hasStrictQuery } from "../contracts/contract.ts";
import { fillPath, honoPath } from "../contracts/path-template.ts";
import { actorOf } from "../domain/access/actor-of.ts";
import { withActor } from "../telemetry/context.ts";
import { withAuthorization } from "../telemetry/current-caller.ts";
import type { PageRequest } from "../use-cases/ports/page.ts";
import type { Ulid } from "../use-cases/ports/system.ts";
import { admit } from "./access.ts";
import { createApp, type EdgeDeps } from "./app.ts";
import { requireNamed } from "./authorization.ts";
import { Unreadable } from "./errors.ts";
import { handleOnce } from "./idempotency.ts";
import { jsonLinesResponse, wantsJsonLines } from "./json-lines.ts";
import { type LambdaHandler, lambda } from "./lambda.ts";
import { readMethods, refuseMethod, respondToPreflight } from "./other-methods.ts";
import { retryLater } from "./problem.ts";
import { readBody } from "./request/body.ts";
import { encodeCursor } from "./request/cursor.ts";
import { readJson } from "./request/json.ts";
import { filtersOf, pageOf, parse, parseQuery } from "./request/query.ts";
import { withoutReadOnly } from "./request/read-only.ts";

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

export interface Request<C extends Contract> {
  readonly params: Parsed<C["params"]>;
  readonly query: Parsed<C["query"]>;
  readonly body: Parsed<C["body"]>;
  /** Requested page of the list. */
  readonly page: PageRequest;
  /** Encodes a position as a cursor. */
  readonly cursor: (position: string | null) => string | null;
  /** Epoch milliseconds; for a repeated request, the time of its first arrival. */
  readonly now: number;
  readonly ulid: Ulid;
  /** Name of the caller's key; null if none is required. */
  readonly caller: string | null;
  readonly headers: Headers;
}

/** Response body, or a complete response if it is not JSON. */
export type Reply<C extends Contract> = C["response"] extends z.ZodType
  ? JsonReply<z.input<C["response"]>>
  : Response;

/** A body with another status than the contract's, or with the location of a created resource. */
export interface JsonReply<T> {
  readonly body: T;
  readonly status?: number;
  readonly location?: string;
}

/** Creates the Lambda handler of a contract. */
export function endpoint<const C extends Contract>(
  edge: () => EdgeDeps,
  contract: C,
  respond: (request: Request<C>) => Promise<Reply<C>>,
): LambdaHandler {
  const isRead = contract.method === "GET";
  const methods = isRead ? [...readMethods, ...(contract.otherMethods ?? [])] : [];
  const app = createApp(edge, contract, () => methods);
  app.on(contract.method, honoPath(contract.path), ({ req, get }) =>
    handleRequest(edge(), contract, respond, {
      raw: req.raw,
      params: req.param(),
      requestId: get("requestId"),
    }),
  );
  if (isRead) {
    app.all(honoPath(contract.path), ({ req, get }) => {
      const allowed = methodsOfOtherPath(contract, req.param()) ?? methods;
      return respondToPreflight(get("edge").access, req.raw) ?? refuseMethod(req.raw.method, allowed);
    });
  }
  return lambda(app);
}

interface Incoming {
  readonly raw: globalThis.Request;
  readonly params: Record<string, string>;
  readonly requestId: string;
}

async function handleRequest<C extends Contract>(
  edge: EdgeDeps,
  contract: C,
  respond: (request: Request<C>) => Promise<Reply<C>>,
  { raw, params, requestId }: Incoming,
): Promise<Response> {
  const { right } = contract;
  const admitted = await admit(edge.access, raw.headers, contract, edge.clock());
  const caller = admitted?.principal.name ?? null;
  const otherMethods = methodsOfOtherPath(contract, params);
  if (otherMethods) return refuseMethod(raw.method, otherMethods);
  const { pathname, searchParams: query } = new URL(raw.url);
  const schema = bodySchemaOf(contract);
  const text = schema ? await readBody(raw) : "";
  const list = JSON.stringify([contract.path, params, filtersOf(query)]);
  const parsed = {
    params: parse(contract.params, params),
    query: parseQuery(contract.query, query, { strict: hasStrictQuery(contract) }),
    body: parse(schema, withoutReadOnly(contract, params, bodyOf(schema, contract, text))),
  };
  if (admitted) requireNamed(admitted, contract, parsed.params);
  const request = {
    ...parsed,
    page: pageOf(parsed.query, list),
    cursor: (position: string | null) => (position === null ? null : encodeCursor(list, position)),
    now: edge.clock(),
    ulid: edge.ulid,
    caller,
    headers: raw.headers,
  } as Request<C>;

  const actor = admitted ? actorOf(admitted.principal) : { actor: null };
  // The addresses of public endpoints may be secrets.
  const act = (asked: Request<C>) =>
    withActor({ ...actor, right, method: raw.method, path: right === null ? contract.path : pathname }, () =>
      withAuthorization(admitted, right, () => respond(asked)),
    );

  const key = raw.headers.get("idempotency-key");
  if (!contract.idempotent || !edge.idempotency || key === null)
    return toResponse(contract, await act(request), raw);
  // Names of people are not unique, and they choose them themselves.
  const sender = admitted?.principal.kind === "person" ? ["person", admitted.principal.email] : caller;
  const owner = JSON.stringify([sender, contract.method, contract.path, params]);
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
      const { body, status, location } = (await act({ ...request, now, ulid })) as JsonReply<unknown>;
      return { status: status ?? contract.status, body: JSON.stringify(body), location: location ?? null };
    },
  );
  return jsonResponse(reply.status, reply.body, reply.location ?? undefined);
}

/** Returns the methods of a path that belongs to another endpoint, although the contract's path matches it. */
function methodsOfOtherPath(
  { path, otherPaths }: Contract,
  params: Record<string, string>,
): readonly string[] | undefined {
  return otherPaths?.[fillPath(path, params)];
}

function toResponse<C extends Contract>(
  contract: C,
  reply: Reply<C>,
  { url, headers }: globalThis.Request,
): Response {
  if (reply instanceof Response) return reply;
  const { body, status, location } = reply as JsonReply<unknown>;
  if (contract.lines !== undefined && wantsJsonLines(headers)) {
    const list = body as Readonly<Record<string, readonly unknown[]>> & { next_cursor?: string | null };
    return jsonLinesResponse(new URL(url), list[contract.lines] ?? [], list.next_cursor);
  }
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

/** A JSON body is required, unless the endpoint's body is optional. */
function bodyOf(schema: z.ZodType | undefined, { bodyType, ingestion }: Contract, text: string): unknown {
  if (!schema) return undefined;
  if (bodyType) return text;
  // Monitoring systems cannot correct their texts.
  const body = readJson(text, ingestion ? "replace" : "reject");
  if (body === undefined && !schema.safeParse(undefined).success) throw new Unreadable("The body is empty");
  return body;
}
