import { describe, expect, test } from "vitest";
import { AccessDenied } from "../domain/access/access-denied.ts";
import type { Denial } from "../domain/access/decide.ts";
import { local } from "../domain/access/principal.ts";
import * as domain from "../domain/errors.ts";
import * as http from "./errors.ts";
import { problemResponse } from "./problem.ts";

const attempt = (denial: Denial) => ({ principal: local, right: "manage", denial }) as const;

const fault = { path: "service", message: "is missing" };

const errors: [domain.DomainError, number, string][] = [
  [new http.Unreadable("x"), 400, "unreadable"],
  [new http.Unauthenticated("x"), 401, "unauthenticated"],
  [new http.Forbidden("x"), 403, "forbidden"],
  [new domain.NotFound("incident", "inc_1"), 404, "not_found"],
  [new http.NoSuchPath("x"), 404, "not_found"],
  [new http.ForeignForm("x"), 403, "foreign_form"],
  [new http.MethodNotAllowed("PUT", ["GET", "POST"]), 405, "method_not_allowed"],
  [new domain.Conflict("x"), 409, "conflict"],
  [new domain.StaleVersion("x"), 409, "stale_version"],
  [new domain.EditConflict("name", "is Ada by now"), 409, "stale_version"],
  [new domain.AlreadyExists("x"), 409, "already_exists"],
  [new AccessDenied("x", attempt({ missing: "scope", scope: "write" })), 403, "forbidden"],
  [new domain.AlreadyCreated("key_1"), 409, "already_created"],
  [new http.KeyReused("x"), 409, "idempotency_key_reused"],
  [new http.LinkExpired("x"), 410, "link_expired"],
  [new domain.TooManyRequests("The key is used too often", 7), 429, "too_many_requests"],
  [new http.TooLarge("x"), 413, "too_large"],
  [new http.HeadersTooLarge("x"), 431, "headers_too_large"],
  [new http.UnknownEncoding("x"), 415, "unknown_encoding"],
  [new domain.Invalid([fault]), 422, "invalid"],
  [new http.NotSetUp("x"), 503, "not_set_up"],
  [new domain.Unavailable("The database"), 503, "unavailable"],
  [new http.TimedOut(), 503, "unavailable"],
];

describe("an error leaves as RFC 9457", () => {
  test.each(errors)("%s with status %i and code %s", async (error, status, code) => {
    const response = await problemResponse(error, "req-1");
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toEqual({
      type: `urn:incident-platform:problem:${code}`,
      title: expect.stringMatching(/\w/),
      status,
      code,
      detail: error.message,
      ...(error instanceof domain.AlreadyCreated && { id: "key_1" }),
      ...(error instanceof AccessDenied && { missing: { scope: "write" } }),
      ...(error.faults.length > 0 && { errors: error.faults }),
      request_id: "req-1",
    });
  });

  test.each<[detail: string, error: Error]>([
    ["service is missing", new domain.Invalid([fault])],
    ["service is missing (and 2 more)", new domain.Invalid([fault, { ...fault, path: "" }, fault])],
    ["The request is missing", new domain.Invalid([{ ...fault, path: "" }])],
    ["The address is wrong", new domain.Invalid([fault], "The address is wrong")],
  ])("with the detail %s", async (detail, error) => {
    expect(await (await problemResponse(error, "req-1")).json()).toMatchObject({ detail });
  });

  test.each<[Denial, object]>([
    [
      { missing: "role", role: "manager", team: "db" },
      { role: "manager", team: "db" },
    ],
    [{ missing: "team", teams: ["db"], team: null }, { team: null }],
  ])("a denial, %o, names what is missing", async (denial, missing) => {
    const response = await problemResponse(new AccessDenied("x", attempt(denial)), "req-1");
    expect(await response.json()).toMatchObject({ code: "forbidden", missing });
  });

  test("every error of the domain and of HTTP is in the table but the one that never leaves", () => {
    const named = [...Object.values(domain), ...Object.values(http)].filter(
      (value) => value.prototype instanceof domain.DomainError && value !== domain.RetryLater,
    );
    const tried = new Set(errors.map(([error]) => error.constructor));
    expect(named.filter((error) => !tried.has(error))).toEqual([]);
  });

  test.each([new Error("secret at /etc/passwd"), "secret", null, { code: "not_found" }])(
    "an unexpected error, %s, is an opaque 500",
    async (error) => {
      const response = await problemResponse(error, "req-1");
      const body = await response.text();
      expect(response.status).toBe(500);
      expect(body).not.toContain("secret");
      expect(JSON.parse(body)).toMatchObject({ code: "internal", status: 500, request_id: "req-1" });
    },
  );

  test("or in the format of its handler, with the same headers", async () => {
    const response = await problemResponse(
      new domain.Unavailable("The database"),
      "req-1",
      ({ title, status }) => new Response(title, { status }),
    );
    expect([response.status, response.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await response.text()).toBe("Unavailable");
  });

  test("says what to do where HTTP has a header for that", async () => {
    const headersOf = async (error: Error) => (await problemResponse(error, "r")).headers;
    expect((await headersOf(new domain.Unavailable("x"))).get("retry-after")).toMatch(/^\d+$/);
    expect((await headersOf(new http.MethodNotAllowed("PUT", ["GET", "POST"]))).get("allow")).toBe(
      "GET, POST",
    );
    expect((await headersOf(new http.Unauthenticated("x"))).get("www-authenticate")).toBe("Bearer");
  });
});

test("an unsupported encoding gets the supported ones", async () => {
  const { headers } = await problemResponse(new http.UnknownEncoding("x"), "req-1");
  expect(headers.get("accept-encoding")).toBe("gzip, deflate");
});
