/**
 * Invokes functions like API Gateway: handlers of functions/, their contracts, and HTTP API events (payload
 * 2.0).
 */
import { resolve } from "node:path";
import type { LambdaContext, LambdaEvent } from "hono/aws-lambda";
import { findContracts } from "../../../infra/build/contracts.ts";
import type { Contract } from "../../../shared/contracts/contract.ts";
import type { LambdaHandler } from "../../../shared/http/lambda.ts";
import { type Gateway, gatewayEvent } from "./gateway-events.ts";

const root = resolve(import.meta.dirname, "../../..");

export interface HttpRequest {
  readonly method?: string;
  readonly path: string;
  /** Raw query string. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** A text is sent unchanged, bytes in base64 as by API Gateway, anything else as JSON. */
  readonly body?: unknown;
  readonly base64?: boolean;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Set-Cookie values. */
  readonly cookies: readonly string[];
  readonly text: string;
  /** Parses the body as JSON. */
  json<T = Record<string, unknown>>(): T;
}

/** Tests that call handlers run once per gateway event format (vitest.config.ts). */
const gateway = (process.env.GATEWAY_EVENTS ?? "serverless-offline") as Gateway;

function httpEvent({
  method = "GET",
  path,
  query = "",
  headers,
  body = null,
  base64 = false,
}: HttpRequest): LambdaEvent {
  const text =
    body === null || typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  return gatewayEvent(gateway, {
    method,
    path,
    query,
    headers: { host: "localhost:8080", ...headers },
    body: text !== null && base64 ? Buffer.from(text) : text,
  });
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

/** Imports a function's handler. It reads its environment on first call. */
export async function handlerOf<H = LambdaHandler>(name: string): Promise<H> {
  return (await import(/* @vite-ignore */ `${root}/functions/${name}.ts`)).handler as H;
}

/** Returns every endpoint with a contract. */
export async function allEndpoints(): Promise<Endpoint[]> {
  const found = await findContracts(root);
  return Promise.all(
    found.map(async ({ contract, folder, name }) => ({
      name: `${folder}/${name}`,
      contract,
      handler: await handlerOf(`${folder}/${name}`),
    })),
  );
}
