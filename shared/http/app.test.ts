import { describe, expect, test } from "vitest";
import { call, type HttpRequest } from "../../tests/support/functions/lambda.ts";
import { createApp } from "./app.ts";
import { lambda } from "./lambda.ts";

const logged: object[] = [];
const counted: object[] = [];

function ask(request: HttpRequest) {
  const app = createApp(
    () => ({
      access: { keysRequired: false, apiKeys: [], hosts: [], corsOrigins: ["https://status.example.com"] },
      clock: () => 0,
      ulid: () => "ID",
      log: { info: (_, fields) => void logged.push(fields ?? {}), warn: () => {}, error: () => {} },
      metrics: { count: (name, labels) => void counted.push({ name, ...labels }), observe: () => {} },
    }),
    { service: "system", path: "*" },
    (pathname) => (pathname === "/health" ? ["GET", "HEAD"] : []),
  );
  app.get("/health", (context) => context.json({ ok: true }));
  app.get("/broken", () => {
    throw new Error("broken");
  });
  return call(lambda(app), request);
}

describe("a method that fetch forbids", () => {
  test.each(["TRACE", "TRACK", "CONNECT"])("%s is refused, logged and counted", async (method) => {
    logged.splice(0);
    counted.splice(0);
    const { status, headers, json } = await ask({ method, path: "/health" });
    expect([status, headers.allow, headers["x-request-id"]]).toEqual([405, "GET, HEAD", "ID"]);
    expect(json()).toMatchObject({ code: "method_not_allowed", request_id: "ID" });
    expect(logged).toEqual([{ method, route: "*", status: 405, duration_ms: expect.any(Number) }]);
    expect(counted).toEqual([
      { name: "http_requests_total", service: "system", method: "other", route: "*", status: "4xx" },
    ]);
  });
});

describe("a browser may read the response", () => {
  const sharingHeaders = async (origin: string | undefined, path = "/health") => {
    const { headers } = await ask({ path, headers: { ...(origin !== undefined && { origin }) } });
    return Object.fromEntries(
      Object.entries(headers).filter(([name]) => name.startsWith("access-control-") || name === "vary"),
    );
  };

  test.each([
    ["a response", "/health"],
    ["an error", "/broken"],
    ["an unknown path", "/nowhere"],
  ])("to a configured origin: %s", async (_, path) => {
    expect(await sharingHeaders("https://status.example.com", path)).toEqual({
      "access-control-allow-origin": "https://status.example.com",
      "access-control-expose-headers": "location,retry-after,x-request-id",
      vary: "Origin",
    });
  });

  test.each([
    "https://evil.example.com",
    "https://status.example.com.evil.example.com",
    "http://status.example.com",
    "null",
    "",
    undefined,
  ])("to no other origin: %j", async (origin) => {
    expect(await sharingHeaders(origin)).toEqual({});
  });

  test("to the preflight request of a configured origin, with methods and headers for ten minutes", async () => {
    const { status, headers } = await ask({
      method: "OPTIONS",
      path: "/health",
      headers: { origin: "https://status.example.com", "access-control-request-method": "POST" },
    });
    expect(status).toBe(204);
    expect(headers).toMatchObject({
      "access-control-allow-origin": "https://status.example.com",
      "access-control-allow-methods": "GET,POST,PUT,PATCH,DELETE",
      "access-control-allow-headers": "authorization,content-type,idempotency-key,x-api-key,x-request-id",
      "access-control-max-age": "600",
    });
    expect(headers.vary).toMatch(/\borigin\b/i);
  });

  test("to no preflight request of another origin", async () => {
    const { headers } = await ask({
      method: "OPTIONS",
      path: "/health",
      headers: { origin: "https://evil.example.com", "access-control-request-method": "POST" },
    });
    expect(Object.keys(headers).filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });
});
