/**
 * Corrects responses of the local gateway. serverless-offline turns function errors, timeouts and results
 * without a status into `200 OK` with a stack trace.
 */
import { maxHeaderSize, type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { html } from "hono/html";
import { type DomainError, Unavailable } from "../../shared/domain/errors.ts";
import { limits } from "../../shared/domain/limits.ts";
import { HeadersTooLarge, NoSuchPath, TooLarge, Unreadable } from "../../shared/http/errors.ts";
import { type PresentProblem, type Problem, problemResponse } from "../../shared/http/problem.ts";
import { isBrowser } from "../../shared/http/request/browser.ts";
import { requestIdOf } from "../../shared/http/request/request-id.ts";
import { withSecurityHeaders } from "../../shared/http/security-headers.ts";
import { htmlResponse } from "./static-page.ts";

/** The parts of hapi used here. */
interface HapiServer {
  readonly listener: Server;
  ext(
    event: "onRequest" | "onPostHandler" | "onPreResponse",
    method: (request: HapiRequest, h: Toolkit) => unknown,
  ): void;
}

interface HapiRequest {
  readonly method: string;
  /** Path template, because placeholder values may be keys or tokens. */
  readonly route: { readonly path: string };
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly info: { host: string };
  /** State of a request. */
  readonly app: { functionResponse?: Pick<FunctionResponse, "statusCode" | "headers"> };
  readonly response: FunctionResponse | Boom;
}

interface FunctionResponse {
  readonly isBoom?: false;
  statusCode: number;
  readonly headers: Record<string, unknown>;
  readonly source: unknown;
}

interface Boom extends Error {
  readonly isBoom: true;
  readonly output: { readonly statusCode: number; readonly headers: Record<string, unknown> };
}

interface Toolkit {
  readonly continue: symbol;
  response(body: string): HapiResponse;
}

interface HapiResponse {
  code(status: number): HapiResponse;
  header(name: string, value: string): HapiResponse;
}

/** serverless-offline's HTTP API server. */
interface HttpServerClass {
  readonly prototype: { createServer(): Promise<void>; getServer(): HapiServer };
}

/** Call it before serverless-offline creates its server. */
export async function correctGateway(): Promise<void> {
  // It exports neither the class nor the server.
  const file = new URL("./events/http/HttpServer.js", import.meta.resolve("serverless-offline"));
  const { default: HttpServer } = (await import(file.href)) as { default: HttpServerClass };
  const { createServer } = HttpServer.prototype;
  HttpServer.prototype.createServer = async function () {
    await createServer.call(this);
    const server = this.getServer();
    server.ext("onRequest", (request, h) => {
      // An invalid Host cannot be part of the URL. Functions see the header and reject it.
      if (!URL.canParse(`http://${request.info.host}`)) request.info.host = "localhost";
      return h.continue;
    });
    server.ext("onPostHandler", ({ app, response }, h) => {
      if (!response.isBoom)
        app.functionResponse = { statusCode: response.statusCode, headers: { ...response.headers } };
      return h.continue;
    });
    server.ext("onPreResponse", correct);
    refuseUnparsed(server.listener);
    // Node closes idle connections after 5 s, some of them under the next request of a busy client.
    server.listener.keepAliveTimeout = 65_000;
  };
}

/** Responds with a problem to requests that Node cannot parse. hapi returns 400 without a body. */
function refuseUnparsed(listener: Server): void {
  const [refuse] = listener.listeners("clientError");
  if (!refuse) return;
  const responding = new WeakSet<Duplex>();
  listener.on("request", ({ socket }, response) => {
    responding.add(socket);
    response.once("close", () => responding.delete(socket));
  });
  listener.off("clientError", refuse as () => void);
  listener.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    if (error.code?.startsWith("HPE_") && socket.writable && !responding.has(socket))
      void sendProblem(socket, unparsedError(error.code));
    else refuse.call(listener, error, socket);
  });
}

function unparsedError(code: string): DomainError {
  return code === "HPE_HEADER_OVERFLOW"
    ? new HeadersTooLarge(`The headers must be at most ${maxHeaderSize} bytes`)
    : new Unreadable(notHttp);
}

const notHttp = "The request is not valid HTTP";

/** Writes a response to a connection whose request has no response object. */
async function sendProblem(socket: Duplex, error: DomainError): Promise<void> {
  const { status, headers, body } = await gatewayProblem(error, crypto.randomUUID());
  const length = Buffer.byteLength(body);
  const lines = Object.entries({ ...headers, "content-length": length, connection: "close" });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    ...lines.map(([name, value]) => `${name}: ${value}`),
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** Creates a response of the gateway itself. */
async function gatewayProblem(error: DomainError, requestId: string, present?: PresentProblem) {
  const response = await withSecurityHeaders(await problemResponse(error, requestId, present));
  const headers = { ...Object.fromEntries(response.headers), "x-request-id": requestId };
  return { status: response.status, headers, body: await response.text() };
}

/** Responses of functions have a request ID. Others come from the gateway. */
async function correct(request: HapiRequest, h: Toolkit): Promise<unknown> {
  const { response, method, route, app } = request;
  const { statusCode, headers } = app.functionResponse ?? (response.isBoom ? response.output : response);
  if (!response.isBoom && headers["x-request-id"] !== undefined) {
    withoutCors(response, headers);
    withoutEmptyType(response, statusCode);
    response.statusCode = statusCode;
    return h.continue;
  }

  const requestId = requestIdOf(request.headers["x-request-id"]) ?? crypto.randomUUID();
  const error = errorOf(statusCode);
  if (error instanceof Unavailable) {
    const cause = response.isBoom ? response.stack : response.source;
    const fields = { request_id: requestId, method, route: route.path, cause };
    console.error(JSON.stringify({ level: "error", message: "function did not respond", ...fields }));
  }
  const present = isBrowser(request.headers.accept ?? "") ? pageOf : undefined;
  const problem = await gatewayProblem(error, requestId, present);
  const corrected = h.response(problem.body).code(problem.status);
  for (const [name, value] of Object.entries(problem.headers)) corrected.header(name, value);
  return corrected;
}

/**
 * Removes the CORS headers that serverless-offline adds for any origin, including credentials and successful
 * preflights.
 */
function withoutCors(response: FunctionResponse, own: Readonly<Record<string, unknown>>): void {
  for (const name of Object.keys(response.headers)) {
    if (name.startsWith("access-control-") && !(name in own)) delete response.headers[name];
  }
}

/** Removes the type that serverless-offline adds to redirects and other responses without a body. */
function withoutEmptyType(response: FunctionResponse, status: number): void {
  const isEmpty = status === 204 || (status >= 300 && status < 400);
  if (isEmpty && !response.source) delete response.headers["content-type"];
}

/** Client errors keep their status. Others are temporary. */
function errorOf(status: number): DomainError {
  if (status === 413) return new TooLarge(`The body must be at most ${limits.bodyBytes} bytes`);
  if (status === 404) return new NoSuchPath("The path does not exist");
  if (status >= 400 && status < 500) return new Unreadable(notHttp);
  return new Unavailable("The platform");
}

const stylesheet = "body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem}";

function pageOf({ title, detail, status, request_id }: Problem): Response {
  const page = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${stylesheet}</style>
<h1>${title}</h1>
<p>${detail}. Nothing is known to have been changed. Please try it again in a few seconds.</p>
<p>Request ${request_id}</p>
</html>
`;
  return htmlResponse(String(page), stylesheet, status);
}
