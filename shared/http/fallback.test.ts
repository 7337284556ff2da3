import type { LambdaContext, LambdaEvent } from "hono/aws-lambda";
import { describe, expect, it } from "vitest";
import type { Metrics } from "../domain/metrics.ts";
import { fallback } from "./fallback.ts";

const paths = {
  "/": { get: {} },
  "/health": { get: {} },
  "/api/v1/incidents": { get: {}, post: {} },
  "/api/v1/incidents/stats": { get: {} },
  "/api/v1/incidents/{id}": { get: {}, patch: {} },
  "/api/v1/silences/preview": { post: {} },
  "/api/v1/silences/{id}": { delete: {}, get: {}, patch: {} },
  "/api/v1/schedules/preview": { post: {} },
  "/api/v1/schedules/{team}": { delete: {}, get: {}, patch: {}, put: {} },
};

const log = { info: () => {}, warn: () => {}, error: () => {} };
const counted: object[] = [];
const metrics: Metrics = {
  count: (name, labels) => void counted.push({ name, ...labels }),
  observe: (name, labels, value) => void counted.push({ name, ...labels, value }),
};

/** Fake error page. */
const forPeople = async () => (problem: { title: string; status: number }) =>
  new Response(JSON.stringify({ code: `page: ${problem.title}` }), { status: problem.status });

async function call(
  method: string,
  path: string,
  headers: Record<string, string> = {},
  keysRequired = false,
) {
  const access = { keysRequired, apiKeys: [], hosts: [], corsOrigins: ["https://status.example"] };
  const handler = fallback(
    () => ({ access, clock: () => 0, ulid: () => "ID", log, metrics }),
    paths,
    forPeople,
  );
  const [rawPath = "", rawQueryString = ""] = path.split("?");
  const event = {
    version: "2.0",
    routeKey: "$default",
    rawPath,
    rawQueryString,
    headers: { host: "localhost:8080", ...headers },
    requestContext: { http: { method }, domainName: "localhost" },
    isBase64Encoded: false,
  };
  const result = await handler(event as unknown as LambdaEvent, {} as LambdaContext);
  const {
    statusCode,
    headers: out,
    body,
  } = result as {
    statusCode: number;
    headers: Record<string, string>;
    body: string;
  };
  return { status: statusCode, headers: out, code: body ? JSON.parse(body).code : undefined };
}

describe("the default route", () => {
  it("says that there is nothing at an unknown path", async () => {
    const { status, code, headers } = await call("GET", "/nope", { "x-request-id": "mine" });
    expect({ status, code }).toEqual({ status: 404, code: "not_found" });
    expect(headers["content-type"]).toBe("application/problem+json");
    expect(headers["x-request-id"]).toBe("mine");
  });

  it.each([
    ["text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "page: Not found"],
    ["application/json, text/html ; q=0.5", "page: Not found"],
    ["*/*", "not_found"],
    ["application/json", "not_found"],
    ["text/htmlish", "not_found"],
  ])("answers who accepts %s with %s", async (accept, code) => {
    const reply = await call("GET", "/nope", { accept });
    expect([reply.status, reply.code]).toEqual([404, code]);
  });

  it("lists the methods of a path for browsers too", async () => {
    const { status, code, headers } = await call("PATCH", "/health", { accept: "text/html" });
    expect([status, code, headers.allow]).toEqual([405, "page: Method not allowed", "GET, HEAD"]);
  });

  it.each([
    ["DELETE", "/api/v1/incidents", "GET, HEAD, POST"],
    ["PUT", "/api/v1/incidents/inc_1", "GET, HEAD, PATCH"],
    ["DELETE", "/api/v1/incidents/stats", "GET, HEAD"],
    ["PUT", "/api/v1/silences/preview", "POST"],
    ["PUT", "/api/v1/silences/sil_1", "GET, HEAD, PATCH, DELETE"],
    ["PROPFIND", "/api/v1/schedules/preview", "GET, HEAD, POST, PUT, PATCH, DELETE"],
    ["PROPFIND", "/", "GET, HEAD"],
  ])("%s %s: allows %s", async (method, path, allowed) => {
    const { status, headers } = await call(method, path);
    expect({ status, allow: headers.allow }).toEqual({ status: 405, allow: allowed });
  });

  it.each(["TRACE", "TRACK", "CONNECT"])("%s is allowed nowhere", async (method) => {
    const { status, code, headers } = await call(method, "/health", { "x-request-id": "mine" });
    expect([status, code, headers["content-type"]]).toEqual([
      405,
      "method_not_allowed",
      "application/problem+json",
    ]);
    expect(headers.allow).toBe("GET, HEAD");
    expect(headers["x-request-id"]).toBe("mine");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  it("TRACE gets all methods for an unknown path", async () => {
    const { status, headers } = await call("TRACE", "/nope");
    expect([status, headers.allow]).toEqual([405, "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE"]);
  });

  it.each(["a b", "[::1", "%zz", "a@b:c", ""])(
    "answers the host %j like any other foreign one",
    async (host) => {
      expect((await call("GET", "/nope", { host })).status).toBe(403);
    },
  );

  it.each([
    ["/health/", "/health"],
    ["/api/v1/incidents/?limit=2&status=open", "/api/v1/incidents?limit=2&status=open"],
    ["/api/v1/incidents/inc_1//", "/api/v1/incidents/inc_1"],
  ])("%s leads to %s", async (path, location) => {
    const { status, headers } = await call("POST", path);
    expect({ status, location: headers.location }).toEqual({ status: 308, location });
  });

  it.each(["//evil.example/", "/nope/", "//", "/api/v1/incidents//"])(
    "%s leads nowhere else",
    async (path) => {
      const { headers } = await call("GET", path);
      expect(headers.location ?? "").not.toContain("evil");
      expect((await call("GET", "/nope/")).status).toBe(404);
    },
  );

  it("returns 403 to a foreign host and a foreign page for any request", async () => {
    expect((await call("GET", "/nope", { host: "evil.example" })).status).toBe(403);
    expect((await call("GET", "/nope", { origin: "https://evil.example" })).status).toBe(403);
  });

  describe("asked what is allowed", () => {
    const preflight = { "access-control-request-method": "POST" };

    it("lets a configured origin through", async () => {
      const { status, headers } = await call("OPTIONS", "/api/v1/incidents", {
        ...preflight,
        origin: "https://status.example",
      });
      expect(status).toBe(204);
      expect(headers["access-control-allow-origin"]).toBe("https://status.example");
      expect(headers["access-control-allow-methods"]).toContain("PATCH");
    });

    it.each([false, true])("refuses any other origin (keys required: %s)", async (keysRequired) => {
      const headers = { ...preflight, origin: "https://evil.example" };
      const answer = await call("OPTIONS", "/api/v1/incidents", headers, keysRequired);
      expect(answer.status).toBe(403);
      expect(answer.headers["access-control-allow-origin"]).toBeUndefined();
    });

    it("lists the methods of a path", async () => {
      const allowed = async (path: string) => {
        const { status, headers } = await call("OPTIONS", path);
        return [status, headers.allow];
      };
      expect(await allowed("/api/v1/incidents")).toEqual([204, "GET, HEAD, POST"]);
      expect(await allowed("/api/v1/silences/preview")).toEqual([204, "POST"]);
    });
  });
});

it("a request is counted and timed, and unknown methods share one name", async () => {
  counted.splice(0);
  await call("GET", "/nowhere");
  await call("BREW", "/nowhere");
  expect(counted).toMatchObject(
    ["GET", "other"].flatMap((method) => {
      const labels = { service: "system", method, route: "*" };
      return [
        { name: "http_requests_total", ...labels, status: "4xx" },
        { name: "http_request_duration_seconds", ...labels, value: expect.any(Number) },
      ];
    }),
  );
});
