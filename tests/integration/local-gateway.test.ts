/** The local gateway with functions that fail in every way there is. */
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { text as textOf } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { correctGateway } from "../../localstack/gateway/gateway.ts";
import { freePorts } from "../support/platform/platform.ts";

/** The behavior of the function that the next request is for. */
let run: () => Promise<unknown>;
const lambda = { get: () => ({ setEvent: () => {}, runHandler: () => run() }) };

interface Server {
  createServer(): Promise<void>;
  createRoutes(functionKey: string, event: object, handler: string): void;
  start(): Promise<void>;
  stop(timeoutMs: number): Promise<void>;
}
let server: Server;
let port: number;
beforeAll(async () => {
  await correctGateway();
  const file = new URL("./events/http/HttpServer.js", import.meta.resolve("serverless-offline"));
  const { default: HttpServer } = await import(file.href);
  port = await freePorts(1);
  const serverless = { config: { servicePath: "." }, service: { provider: { name: "aws" }, custom: {} } };
  const options = {
    host: "127.0.0.1",
    httpPort: port,
    noPrependStageInUrl: true,
    disableCookieValidation: true,
    corsConfig: {},
  };
  server = new HttpServer(serverless, options, lambda) as Server;
  await server.createServer();
  const route = { isHttpApi: true, payload: "2.0", routeKey: "$default" };
  server.createRoutes("fallback", route, "dist/functions/system/fallback.handler");
  await server.start();
});
afterAll(() => server.stop(100));

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

async function ask(
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const { body, ...rest } = options;
  const sent = request({ host: "127.0.0.1", port, ...rest }, async (response) => {
    let text = "";
    for await (const chunk of response) text += chunk;
    resolve({ status: response.statusCode, headers: response.headers, text });
  });
  sent.on("error", reject).end(body);
  return promise;
}

const failures: readonly [string, () => Promise<unknown>][] = [
  ["throws", () => Promise.reject(new Error("secret at /srv/app/x.js:1:1"))],
  ["throws what is no error", () => Promise.reject("secret")],
  ["takes longer than it may", () => Promise.reject(new Error("[504] - Lambda timeout."))],
  ["answers nothing", async () => undefined],
  ["answers null", async () => null],
  ["answers a text", async () => "secret"],
  ["answers without a status", async () => ({ body: "secret" })],
  ["answers a body that is no text", async () => ({ statusCode: 200, body: { secret: true } })],
  ["answers something of its own", async () => ({ statusCode: 502, body: "secret" })],
];

describe.each(failures)("a function that %s", (_, fails) => {
  test("is a problem to programs, with when to come again", async () => {
    const printed = vi.spyOn(console, "error").mockReturnValue();
    run = fails;
    const { status, headers, text } = await ask({ headers: { "x-request-id": "mine" } });
    expect([status, headers["content-type"], headers["retry-after"], headers["x-request-id"]]).toEqual([
      503,
      "application/problem+json",
      "5",
      "mine",
    ]);
    expect(JSON.parse(text)).toMatchObject({
      status: 503,
      code: "unavailable",
      request_id: headers["x-request-id"],
    });
    expect(text).not.toMatch(/secret|stack|\.js/i);
    expect(printed).toHaveBeenCalledWith(expect.stringContaining(String(headers["x-request-id"])));
    vi.restoreAllMocks();
  });

  test("is a page to browsers", async () => {
    vi.spyOn(console, "error").mockReturnValue();
    run = fails;
    const { status, headers, text } = await ask({ headers: { accept: "text/html,*/*;q=0.8" } });
    expect([status, headers["content-type"], headers["retry-after"]]).toEqual([
      503,
      "text/html; charset=utf-8",
      "5",
    ]);
    expect(text).toMatch(/^<!doctype html>/);
    expect(text).not.toMatch(/secret|stack|\.js/i);
    vi.restoreAllMocks();
  });
});

test("a function that fails is logged with its route, and without the key in the path", async () => {
  const printed = vi.spyOn(console, "error").mockReturnValue();
  run = () => Promise.reject(new Error("broken"));
  await ask({ path: "/integrations/0123456789abcdef?token=fedcba", headers: { "x-request-id": "logged" } });
  const lines = printed.mock.calls.map(([line]) => String(line)).filter((line) => line.includes("logged"));
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ method: "get", route: "/{default*}" }]);
  expect(lines.join()).not.toMatch(/0123456789abcdef|fedcba/);
  vi.restoreAllMocks();
});

test("a page shows a request id as a text, whatever is in it", async () => {
  vi.spyOn(console, "error").mockReturnValue();
  run = () => Promise.reject(new Error("broken"));
  const headers = { accept: "text/html", "x-request-id": '<img/src="x"/onerror=alert(1)>&amp;' };
  const { text } = await ask({ headers });
  expect(text).toContain("Request &lt;img/src=&quot;x&quot;/onerror=alert(1)&gt;&amp;amp;</p>");
  expect(text).not.toContain("<img");
  vi.restoreAllMocks();
});

describe("what a function answers", () => {
  const answer = { statusCode: 500, headers: { "x-request-id": "req-1" }, body: "its own" };

  test("stays as it is", async () => {
    run = async () => answer;
    const { status, headers, text } = await ask();
    expect([status, headers["x-request-id"], text]).toEqual([500, "req-1", "its own"]);
  });

  test("is read with cookies by no page of another origin", async () => {
    const cors = { ...answer.headers, "access-control-allow-origin": "https://status.example.com" };
    run = async () => ({ ...answer, headers: cors });
    const { headers } = await ask({ headers: { origin: "https://status.example.com" } });
    expect(headers["access-control-allow-origin"]).toBe("https://status.example.com");
    expect(headers["access-control-allow-credentials"]).toBeUndefined();
  });

  test("is read by no page of an origin that it does not name", async () => {
    run = async () => answer;
    const { headers } = await ask({ headers: { origin: "https://evil.example.com" } });
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  test.each([403, 204])("to a preflight has no status but its own, %i", async (statusCode) => {
    run = async () => ({ ...answer, statusCode, body: "" });
    const { status, headers } = await ask({
      method: "OPTIONS",
      headers: { origin: "https://evil.example.com", "access-control-request-method": "POST" },
    });
    expect(status).toBe(statusCode);
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });

  test.each(["a b", "[::1", "%zz"])(
    "is requested from the host %j too, which it rejects itself",
    async (host) => {
      run = async () => answer;
      expect((await ask({ headers: { host } })).text).toBe("its own");
    },
  );

  test("may take its time", async () => {
    run = () => delay(50, answer);
    expect((await ask()).text).toBe("its own");
  });
});

test.each([
  ["a path that is no encoding of anything", { path: "/%zz" }, 400, "unreadable"],
  ["a body of eleven megabytes", { method: "POST", body: Buffer.alloc(11_000_000) }, 413, "too_large"],
])("%s is the client's fault", async (_, asked, status, code) => {
  run = () => Promise.reject(new Error("not called"));
  const answer = await ask(asked);
  expect([answer.status, answer.headers["content-type"]]).toEqual([status, "application/problem+json"]);
  expect(JSON.parse(answer.text)).toMatchObject({ status, code });
  expect(answer.headers["retry-after"]).toBeUndefined();
});

test.each([
  [
    431,
    "headers_too_large",
    "headers that are too large",
    `GET / HTTP/1.1\r\nx-large: ${"x".repeat(20_000)}`,
  ],
  [400, "unreadable", "text that is no HTTP", "no HTTP"],
])("returns %i with the problem %s to %s", async (status, code, _, request) => {
  const answer = await textOf(connect(port, "127.0.0.1").end(`${request}\r\n\r\n`));
  const [head = "", body = ""] = answer.split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toContain("content-type: application/problem+json");
  expect(JSON.parse(body)).toMatchObject({ status, code });
  expect(head).toContain(`content-length: ${body.length}`);
  expect(head).toContain(`x-request-id: ${JSON.parse(body).request_id}`);
});

test.each([303, 304, 308, 204])("a %i without a body has no content type", async (statusCode) => {
  const headers = { "x-request-id": "req-1", location: "/incidents" };
  run = async () => ({ statusCode, headers, body: "" });
  const answer = await ask();
  expect([answer.status, answer.headers["content-type"]]).toEqual([statusCode, undefined]);
});
