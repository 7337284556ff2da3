import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Exporter } from "./exporter.ts";
import { isAllowedHost } from "./hosts.ts";
import { formatFor, pageNames } from "./pages.ts";

/** Maximum concurrent connections: a few Prometheus servers and a browser. */
const connections = 64;
/** Timeout for the request headers. No request has a body. */
const requestMs = 5_000;

/**
 * Creates the server for GET /metrics, /metrics/{page} and /health, not listening yet.
 *
 * @param allowedHosts host names that it accepts besides those of its own network
 */
export function serverOf(
  exporter: Pick<Exporter, "page" | "health">,
  allowedHosts: readonly string[] = [],
): Server {
  const server = createServer(
    { requestTimeout: requestMs, headersTimeout: requestMs },
    (request, response) => {
      respond(exporter, allowedHosts, request, response).catch((error) => {
        response.destroy(error instanceof Error ? error : undefined);
      });
    },
  );
  server.maxConnections = connections;
  return server;
}

async function respond(
  exporter: Pick<Exporter, "page" | "health">,
  allowedHosts: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? "").replace(/\?.*$/s, "").replace(/(?<=.)\/$/, "");
  const page = ["all" as const, ...pageNames].find(
    (name) => path === (name === "all" ? "/metrics" : `/metrics/${name}`),
  );
  const send = (status: number, type: string, text: string, headers = {}) =>
    response
      .writeHead(status, { "content-type": type, "content-length": Buffer.byteLength(text), ...headers })
      .end(text);
  const plain = "text/plain; charset=utf-8";

  if (!isAllowedHost(request.headers.host, allowedHosts))
    return void send(403, plain, "Forbidden: add this host to ALLOWED_HOSTS\n");
  if (!page && path !== "/health") return void send(404, plain, "Not found. Available: /metrics, /health\n");
  if (request.method !== "GET" && request.method !== "HEAD") {
    return void send(405, plain, "Only GET\n", { allow: "GET, HEAD" });
  }
  if (!page) return void send(200, "application/json", JSON.stringify(exporter.health()));
  const format = formatFor(request.headers.accept ?? "");
  send(200, format, await exporter.page(page, format));
}
