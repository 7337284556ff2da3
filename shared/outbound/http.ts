/**
 * HTTP client for all outbound calls. API users control the addresses, so the resolved address is checked,
 * redirects are not followed, and time and response size are limited.
 */
import { once } from "node:events";
import http, { type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import https from "node:https";
import { PermanentFailure } from "../domain/notifications/delivery.ts";
import { addressFilter, ForbiddenAddress } from "./address-filter.ts";
import { outOfTime, Unreachable } from "./unreachable.ts";

export interface HttpRequest<B extends string | Uint8Array = string> {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: B;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** First bytes of the response body. */
  readonly body: string;
}

export interface Http {
  /**
   * @returns any response, including redirects and errors
   * @throws Unreachable, or PermanentFailure for a blocked address
   */
  post(request: HttpRequest<string | Uint8Array>): Promise<HttpResponse>;
}

export interface HttpClient extends Http {
  /** Sends a request without a body. */
  get(url: string, headers?: HttpRequest["headers"]): Promise<HttpResponse>;
  put(request: HttpRequest): Promise<HttpResponse>;
}

export interface HttpOptions {
  /** Allow loopback, private and link-local networks, and plain HTTP. */
  readonly allowPrivate: boolean;
  /** IP addresses and CIDR ranges that are always allowed, also over plain HTTP. */
  readonly allowedNetworks: readonly string[];
  /** Timeout of the whole exchange. */
  readonly timeoutMs: number;
  /** Maximum size of the response that is read. Default: 4 KiB. */
  readonly responseBytes?: number;
}

export function createHttp(options: HttpOptions): HttpClient {
  const { allowPrivate, allowedNetworks, timeoutMs, responseBytes = 4_096 } = options;
  const rules = { allowedNetworks, allowPrivate };
  const secure = { transport: https, filter: addressFilter({ ...rules, allowPublic: true }) };
  const plain = { transport: http, filter: addressFilter({ ...rules, allowPublic: allowPrivate }) };
  const plainIsAllowed = allowPrivate || allowedNetworks.length > 0;

  async function ask(
    method: "GET" | "POST" | "PUT",
    url: string,
    headers: HttpRequest["headers"],
    body?: string | Uint8Array,
  ): Promise<HttpResponse> {
    const { transport, filter } = isPlain(url, plainIsAllowed) ? plain : secure;
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      filter.checkHost(new URL(url).hostname);
      const request = transport.request(url, {
        method,
        // Connections are not reused: one that was frozen with its Lambda would fail the next message.
        agent: false,
        lookup: filter.lookup,
        signal,
        headers: { "user-agent": "incident-platform", ...headers },
      });
      // An error after the start of the response has no effect. Before that, once() rejects with it.
      request.on("error", () => undefined);
      const [response] = (await once(request.end(body), "response")) as [IncomingMessage];
      return {
        status: response.statusCode ?? 0,
        headers: response.headers,
        body: await beginningOf(response, responseBytes),
      };
    } catch (error) {
      throw signal.aborted ? outOfTime(timeoutMs) : failureOf(error);
    }
  }

  return {
    post: ({ url, headers, body }) =>
      ask("POST", url, { "content-length": String(Buffer.byteLength(body)), ...headers }, body),
    get: (url, headers = {}) => ask("GET", url, headers),
    put: ({ url, headers, body }) => ask("PUT", url, headers, body),
  };
}

/** @throws PermanentFailure for a URL that is never called */
function isPlain(url: string, plainIsAllowed: boolean): boolean {
  if (!URL.canParse(url)) throw new PermanentFailure("the address is not a URL");
  const { protocol, username, password } = new URL(url);
  if (protocol !== "https:" && !(protocol === "http:" && plainIsAllowed)) {
    throw new PermanentFailure(`${protocol} addresses are not allowed`);
  }
  if (username !== "" || password !== "") throw new PermanentFailure("the address contains credentials");
  return protocol === "http:";
}

/** The body may be cut off. Once received, the status counts, however the body ends. */
async function beginningOf(response: IncomingMessage, responseBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= responseBytes) break;
    }
  } catch {
    // See above.
  }
  return Buffer.concat(chunks).subarray(0, responseBytes).toString();
}

function failureOf(error: unknown): unknown {
  if (error instanceof ForbiddenAddress) {
    return new PermanentFailure("the address is in a blocked network");
  }
  if (error instanceof Error && !(error instanceof TypeError) && "code" in error) {
    return new Unreachable(`no response: ${error.code}`);
  }
  return error;
}
