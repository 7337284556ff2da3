/** Functions as API Gateway calls them: handlers of functions/, their contracts, and HTTP API events (payload 2.0). */
import { resolve } from "node:path";
import type { LambdaContext, LambdaEvent } from "hono/aws-lambda";
import { findContracts } from "../../infra/contracts.ts";
import type { Contract } from "../../shared/contracts/contract.ts";
import type { LambdaHandler } from "../../shared/http/endpoint.ts";

const root = resolve(import.meta.dirname, "../..");

export interface HttpRequest {
  readonly method?: string;
  readonly path: string;
  /** As it stands behind the question mark. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text as it is, bytes in base64 as API Gateway delivers them; anything else as JSON. */
  readonly body?: unknown;
  readonly base64?: boolean;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** What it sets, one text each. */
  readonly cookies: readonly string[];
  readonly text: string;
  /** The body as JSON. */
  json<T = Record<string, unknown>>(): T;
}

export function httpEvent({
  method = "GET",
  path,
  query = "",
  headers,
  body,
  base64,
}: HttpRequest): LambdaEvent {
  const bytes = Buffer.isBuffer(body) ? body : undefined;
  const text = body === undefined || bytes ? null : typeof body === "string" ? body : JSON.stringify(body);
  return {
    version: "2.0",
    routeKey: "$default",
    rawPath: path,
    rawQueryString: query,
    headers: { host: "localhost:8080", ...headers },
    body:
      bytes?.toString("base64") ?? (text !== null && base64 ? Buffer.from(text).toString("base64") : text),
    isBase64Encoded: bytes !== undefined || (base64 ?? false),
    requestContext: {
      domainName: "offlineContext_domainName",
      domainPrefix: "offlineContext_domainPrefix",
      http: { method, path, protocol: "HTTP/1.1", sourceIp: "127.0.0.1", userAgent: "test" },
      requestId: "offlineContext_resourceId",
      routeKey: "$default",
      stage: "$default",
      accountId: "offlineContext_accountId",
      apiId: "offlineContext_apiId",
      time: "",
      timeEpoch: 0,
      authentication: null,
      authorizer: {},
    },
  } as unknown as LambdaEvent;
}

const context = {} as LambdaContext;

export async function call(handler: LambdaHandler, request: HttpRequest): Promise<HttpReply> {
  const reply = (await handler(httpEvent(request), context)) as {
    statusCode: number;
    headers: Record<string, string>;
    cookies?: string[];
    body: string;
    isBase64Encoded: boolean;
  };
  const cookies = reply.cookies ?? [];
  const text = reply.isBase64Encoded ? Buffer.from(reply.body, "base64").toString() : reply.body;
  return { status: reply.statusCode, headers: reply.headers, cookies, text, json: () => JSON.parse(text) };
}

export interface Endpoint {
  /** `alerts/receive-alerts` */
  readonly name: string;
  readonly contract: Contract;
  readonly handler: LambdaHandler;
}

/** Imports a function's handler; it reads its environment when it is first called. */
export async function handlerOf<H = LambdaHandler>(name: string): Promise<H> {
  return (await import(/* @vite-ignore */ `${root}/functions/${name}.ts`)).handler as H;
}

/** Every endpoint that has a contract, alone in its function or with others. */
export async function allEndpoints(): Promise<Endpoint[]> {
  const found = await findContracts(root);
  return Promise.all(
    found.map(async ({ contract, service, name }) => ({
      name: `${service}/${name}`,
      contract,
      handler: await handlerOf(`${service}/${contract.answeredBy ?? name}`),
    })),
  );
}
