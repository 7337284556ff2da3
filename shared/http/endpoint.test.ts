import { afterEach, beforeEach, expect, test, vi } from "vitest";
import * as z from "zod";
import { monday } from "../../tests/support/builders.ts";
import { call } from "../../tests/support/functions/lambda.ts";
import { openEdge } from "../../tests/support/functions/open-edge.ts";
import { memoryTable } from "../../tests/support/memory/memory-table.ts";
import type { Contract } from "../contracts/contract.ts";
import { Unavailable } from "../domain/errors.ts";
import { timeBudget } from "../domain/time-budget.ts";
import { idempotencyStore } from "../storage/idempotency-store.ts";
import { currentContext } from "../telemetry/context.ts";
import { endpoint } from "./endpoint.ts";

const contract = {
  service: "system",
  method: "GET",
  path: "/health",
  otherMethods: ["PATCH"],
  right: null,
  status: 200,
  response: z.object({ ok: z.boolean() }),
} as unknown as Contract;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

const answering = (answer: () => Promise<{ body: unknown }>, errors: unknown[] = []) =>
  endpoint(
    () => ({
      access: { keysRequired: false, apiKeys: [], hosts: [], corsOrigins: [] },
      clock: () => 0,
      ulid: () => "ID",
      log: { info: () => {}, warn: () => {}, error: (_, fields) => void errors.push(fields?.error) },
      metrics: { count: () => {}, observe: () => {} },
    }),
    contract,
    answer as never,
  );

test("a request that never completes gets an error at its timeout", async () => {
  const reply = call(
    answering(() => new Promise(() => {})),
    { path: "/health" },
  );
  await vi.advanceTimersByTimeAsync(timeBudget.responseMs);
  const { status, headers, json } = await reply;
  expect([status, headers["content-type"], headers["retry-after"]]).toEqual([
    503,
    "application/problem+json",
    "5",
  ]);
  expect(json()).toMatchObject({ code: "unavailable", request_id: headers["x-request-id"] });
});

test("a completed request leaves no timer behind", async () => {
  expect(
    (
      await call(
        answering(async () => ({ body: { ok: true } })),
        { path: "/health" },
      )
    ).status,
  ).toBe(200);
  expect(vi.getTimerCount()).toBe(0);
});

test("calls to dependencies end before the request does", async () => {
  const aborted: (boolean | undefined)[] = [];
  const reply = await call(
    answering(async () => {
      const signal = currentContext()?.signal;
      for (const ms of [timeBudget.callsMs - 1, 1]) {
        vi.advanceTimersByTime(ms);
        aborted.push(signal?.aborted);
      }
      return { body: { ok: true } };
    }),
    { path: "/health" },
  );
  expect(reply.status).toBe(200);
  expect(aborted).toEqual([false, true]);
});

test.each([
  ["a dependency's absence", new Unavailable("The database")],
  ["a refused connection", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
  ["too many open files", Object.assign(new Error("open"), { code: "EMFILE" })],
  ["a call cut short", Object.assign(new Error("Request aborted"), { name: "AbortError" })],
])("%s is a 503 that says when to come again", async (_, error) => {
  const { status, headers, text } = await call(
    answering(() => Promise.reject(error)),
    { path: "/health" },
  );
  expect([status, headers["retry-after"]]).toEqual([503, "5"]);
  expect(text).not.toMatch(/stack|connect|open/);
});

test("a 503 with a body has a Retry-After header", async () => {
  const degraded = answering(async () => ({ body: { ok: false }, status: 503 }));
  const { status, headers, text } = await call(degraded, { path: "/health" });
  expect([status, headers["retry-after"], JSON.parse(text)]).toEqual([503, "5", { ok: false }]);
  const { headers: fine } = await call(
    answering(async () => ({ body: { ok: true } })),
    { path: "/health" },
  );
  expect(fine["retry-after"]).toBeUndefined();
});

test("an unexpected error is a problem response without a stack", async () => {
  const errors: unknown[] = [];
  const failing = answering(() => Promise.reject(new TypeError("x is undefined")), errors);
  const { status, text, headers } = await call(failing, { path: "/health" });
  expect([status, headers["content-type"]]).toEqual([500, "application/problem+json"]);
  expect(text).not.toContain("undefined");
  expect(errors).toEqual([new TypeError("x is undefined")]);
});

test("a function that is not set up answers with a problem, and no stack", async () => {
  const printed = vi.spyOn(console, "error").mockReturnValue();
  const handler = endpoint(
    () => {
      throw new Error("Invalid settings");
    },
    contract,
    (async () => ({ body: { ok: true } })) as never,
  );
  const { status, text, headers } = await call(handler, { path: "/health" });
  expect([status, headers["content-type"]]).toEqual([500, "application/problem+json"]);
  expect(headers["x-request-id"]).toMatch(/./);
  expect(text).not.toContain("environment");
  expect(printed).toHaveBeenCalledWith(expect.stringContaining("Invalid settings"));
});

test("every part of the time of a request has room for the one below it", () => {
  const { functionMs, responseMs, callsMs, attemptMs, connectMs } = timeBudget;
  expect(functionMs - responseMs).toBeGreaterThanOrEqual(2_000);
  expect(responseMs).toBeGreaterThan(callsMs);
  expect(callsMs).toBeGreaterThan(attemptMs);
  expect(attemptMs).toBeGreaterThan(connectMs);
});

test("headers that an endpoint sets stay as it sets them", async () => {
  const own = { "cache-control": "max-age=60", "referrer-policy": "same-origin" };
  const reply = await call(
    answering(async () => new Response("{}", { headers: own }) as never),
    { path: "/health" },
  );
  expect(reply.headers).toMatchObject({
    ...own,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
  });
});

test("a GET endpoint rejects other methods, and lists those of its path", async () => {
  const ask = (method: string, headers: Record<string, string> = {}) =>
    call(
      answering(async () => ({ body: { ok: true } })),
      { method, path: "/health", headers },
    );
  expect((await ask("HEAD")).status).toBe(200);
  for (const method of ["POST", "DELETE", "PROPFIND", "TRACE"]) {
    const { status, headers } = await ask(method);
    expect([method, status, headers.allow]).toEqual([method, 405, "GET, HEAD, PATCH"]);
  }
  const options = await ask("OPTIONS");
  expect([options.status, options.headers.allow]).toEqual([204, "GET, HEAD, PATCH"]);
  const preflight = { origin: "http://localhost:9999", "access-control-request-method": "GET" };
  expect((await ask("OPTIONS", preflight)).status).toBe(403);
  expect((await ask("DELETE", { host: "evil.example" })).status).toBe(403);
});

test("an Idempotency-Key belongs to a person, not to their name", async () => {
  const store = idempotencyStore(memoryTable(() => monday));
  const people = ["ada", "eve"].map((name) => ({
    kind: "person" as const,
    email: `${name}@example.com`,
    name: "Ada",
    subject: name,
    groups: [],
  }));
  const directory = { platform: [], teams: new Map(), admins: [], defaultRole: "responder" as const };
  const access = {
    keysRequired: true,
    apiKeys: [],
    hosts: [],
    corsOrigins: [],
    findPerson: async (headers: Headers) => people.find(({ subject }) => subject === headers.get("cookie")),
    loadRoles: async () => directory,
  };
  const creating = { ...contract, method: "POST", right: "respond", team: "resource", idempotent: true };
  const handled: (string | null)[] = [];
  const handler = endpoint(
    () => ({
      access,
      clock: () => monday,
      ulid: () => "ID",
      log: { info: () => {}, warn: () => {}, error: () => {} },
      metrics: { count: () => {}, observe: () => {} },
      idempotency: () => store,
    }),
    creating as unknown as Contract,
    (async () => {
      handled.push(currentContext()?.actor?.actor ?? null);
      return { body: { ok: true } };
    }) as never,
  );
  for (const cookie of ["ada", "eve", "ada"])
    await call(handler, {
      method: "POST",
      path: "/health",
      headers: { cookie, "sec-fetch-site": "same-origin", "idempotency-key": "1" },
    });
  expect(handled).toEqual(["ada@example.com", "eve@example.com"]);
});

test("the path of a public endpoint, which may be a secret, is recorded without its values", async () => {
  const path = async (right: "read" | null) => {
    let recorded: string | null | undefined;
    const handler = endpoint(
      openEdge,
      { ...contract, path: "/links/{token}", params: z.object({ token: z.string() }), right },
      (async () => {
        recorded = currentContext()?.actor?.path;
        return { body: { ok: true } };
      }) as never,
    );
    await call(handler, { path: "/links/secret" });
    return recorded;
  };
  expect(await path(null)).toBe("/links/{token}");
  expect(await path("read")).toBe("/links/secret");
});
