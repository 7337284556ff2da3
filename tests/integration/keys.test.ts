/** API keys in the table, through the functions of a platform that asks for keys, on real emulators. */
import { beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { days, minutes, monday, seconds, unique } from "../support/builders.ts";
import { at, onCallApi } from "../support/functions/on-call-api.ts";
import { aBrowser, siteEnvironment } from "../support/functions/site.ts";

const api = onCallApi();
const bootstrap = "what-the-platform-is-started-with";
const perMinute = 200;
beforeAll(async () => {
  Object.assign(process.env, await siteEnvironment(), {
    AUTH: "required",
    API_KEYS: `boot:admin:${sha256(bootstrap)}`,
    RATE_LIMIT_PER_MINUTE: `${perMinute}`,
  });
});

const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const asBoot = bearer(bootstrap);
const later = (ms: number) => at(new Date(monday + ms).toISOString());
const make = (...scopes: string[]) =>
  api.ok("POST /api/v1/keys", { name: unique("key-"), scopes }, asBoot) as Promise<{
    id: string;
    key: string;
  }>;
const statusOf = async (line: string, key: string, body?: unknown) =>
  (await api(line, body, bearer(key))).status;

describe("a key", () => {
  test("is shown once, when it is created; from then on only its prefix", async () => {
    const body = {
      name: "CI 🚀",
      scopes: ["write", "read", "write"],
      expires_at: "2026-12-24T12:00:00+01:00",
    };
    const reply = await api("POST /api/v1/keys", body, asBoot);
    expect(reply.status).toBe(201);
    const { key, warnings, ...rest } = reply.json<{ id: string; key: string; warnings: string[] }>();
    expect(warnings).toEqual([]);
    expect(key).toMatch(/^ipk_[\w-]{43}$/);
    expect(rest).toEqual({
      id: expect.stringMatching(/^key_/),
      name: "CI 🚀",
      scopes: ["read", "write"],
      teams: null,
      break_glass: false,
      key_prefix: key.slice(0, 10),
      created_at: "2026-11-23T10:00:00.000Z",
      rotated_at: null,
      expires_at: "2026-12-24T11:00:00.000Z",
      revoked_at: null,
      last_used_at: null,
    });
    expect(reply.headers.location).toBe(`/api/v1/keys/${rest.id}`);
    expect(await api.ok(`GET ${reply.headers.location}`, undefined, asBoot)).toEqual(rest);
    const { keys } = await api.ok("GET /api/v1/keys", undefined, asBoot);
    expect(keys).toContainEqual(rest);
  });

  test("for a team without a schedule is created with a warning", async () => {
    const team = unique("team-");
    const { warnings } = await api.ok(
      "POST /api/v1/keys",
      { name: unique("key-"), scopes: ["write"], teams: [team] },
      asBoot,
    );
    expect(warnings).toEqual([expect.stringContaining(`The team "${team}" has no schedule yet.`)]);
  });

  test.each([
    ["email", "ada@example.com", "Ada@example.com"],
    ["group", "sre", "sre"],
  ])("may not give an %s two roles in one list", async (name, first, second) => {
    const roles = [
      { role: "viewer", [name]: first },
      { role: "manager", [name]: second },
    ];
    for (const line of ["PUT /api/v1/roles", "PUT /api/v1/teams/db/roles"]) {
      const reply = await api(line, { roles }, asBoot);
      const { errors } = reply.json<{ errors: { path: string }[] }>();
      expect([reply.status, errors.map(({ path }) => path)]).toEqual([422, [`roles.1.${name}`]]);
    }
  });

  test.each([
    ["nothing", {}, ["name", "scopes"]],
    ["no scope", { name: "x", scopes: [] }, ["scopes"]],
    ["a scope that there is none of", { name: "x", scopes: ["root"] }, ["scopes.0"]],
    ["a name without characters", { name: "", scopes: ["read"] }, ["name"]],
    [
      "an end that is over",
      { name: "x", scopes: ["read"], expires_at: "2026-11-23T10:00:00Z" },
      ["expires_at"],
    ],
    ["scim and another scope", { name: "x", scopes: ["scim", "read"] }, ["scopes"]],
    ["an end that is no time", { name: "x", scopes: ["read"], expires_at: "soon" }, ["expires_at"]],
  ])("is not made of %s", async (_, body, paths) => {
    const reply = await api("POST /api/v1/keys", body, asBoot);
    const { errors } = reply.json<{ errors: { path: string }[] }>();
    expect([reply.status, errors.map(({ path }) => path)]).toEqual([422, paths]);
  });

  test("reaches as far as its scopes", async () => {
    const { key: reader } = await make("read");
    expect(await statusOf("GET /api/v1/incidents", reader)).toBe(200);
    expect(await statusOf("PUT /api/v1/services/x", reader, { team: "x" })).toBe(403);
    const { key: writer } = await make("write");
    expect(await statusOf("PUT /api/v1/services/x", writer, { team: "x" })).toBe(200);
    const { key: sensor } = await make("ingest");
    expect(await statusOf("GET /api/v1/incidents", sensor)).toBe(403);
  });

  test("that is not of the scope admin makes none, sees none and reads no log", async () => {
    const { id, key } = await make("ingest", "read", "write");
    for (const line of [
      "POST /api/v1/keys",
      `POST /api/v1/keys/${id}/rotate`,
      `DELETE /api/v1/keys/${id}`,
      "GET /api/v1/keys",
      `GET /api/v1/keys/${id}`,
      "GET /api/v1/audit",
    ]) {
      expect(await statusOf(line, key, { name: "mine", scopes: ["admin"] }), line).toBe(403);
    }
  });

  test("says when it was used, to the hour", async () => {
    const { id, key } = await make("read");
    later(minutes(1));
    await statusOf("GET /api/v1/incidents", key);
    later(minutes(50));
    await statusOf("GET /api/v1/incidents", key);
    const used = async () => (await api.ok(`GET /api/v1/keys/${id}`, undefined, asBoot)).last_used_at;
    expect(await used()).toBe("2026-11-23T10:01:00.000Z");
    later(minutes(61));
    await statusOf("GET /api/v1/incidents", key);
    expect(await used()).toBe("2026-11-23T11:01:00.000Z");
  });

  test("that is rotated leaves its place to another", async () => {
    const { id, key } = await make("read");
    expect(await statusOf("GET /api/v1/incidents", key)).toBe(200);
    const rotated = await api.ok(`POST /api/v1/keys/${id}/rotate`, undefined, asBoot);
    expect(rotated).toMatchObject({ id, rotated_at: "2026-11-23T10:00:00.000Z" });
    expect(rotated.key).not.toBe(key);
    expect(await statusOf("GET /api/v1/incidents", rotated.key)).toBe(200);
    later(seconds(10));
    expect(await statusOf("GET /api/v1/incidents", key)).toBe(401);
  });

  test("that is revoked opens nothing within ten seconds, and stays in sight", async () => {
    const { id, key } = await make("read");
    expect(await statusOf("GET /api/v1/incidents", key)).toBe(200);
    const revoked = await api.ok(`DELETE /api/v1/keys/${id}`, undefined, asBoot);
    expect(revoked).toMatchObject({ revoked_at: "2026-11-23T10:00:00.000Z" });
    later(seconds(10));
    expect(await statusOf("GET /api/v1/incidents", key)).toBe(401);
    expect(await api.ok(`DELETE /api/v1/keys/${id}`, undefined, asBoot)).toMatchObject(revoked);
    expect(await statusOf(`POST /api/v1/keys/${id}/rotate`, bootstrap)).toBe(409);
  });

  test("ends at its time", async () => {
    const body = { name: "short", scopes: ["read"], expires_at: "2026-11-23T10:00:05Z" };
    const { key } = await api.ok("POST /api/v1/keys", body, asBoot);
    later(seconds(5) - 1);
    expect(await statusOf("GET /api/v1/incidents", key)).toBe(200);
    later(seconds(5));
    expect(await statusOf("GET /api/v1/incidents", key)).toBe(401);
  });

  test("that does not exist is not found", async () => {
    for (const line of [
      "GET /api/v1/keys/key_1",
      "DELETE /api/v1/keys/key_1",
      "POST /api/v1/keys/key_1/rotate",
    ])
      expect(await statusOf(line, bootstrap), line).toBe(404);
  });

  test("that is denied something leaves an entry in the audit log, with its name and what it lacks", async () => {
    const { id, key } = await make("read");
    const { name } = await api.ok(`GET /api/v1/keys/${id}`, undefined, asBoot);
    expect(await statusOf("PUT /api/v1/services/checkout", key)).toBe(403);
    expect(await statusOf("GET /api/v1/services", "guessed")).toBe(401);
    const { entries } = await api.ok("GET /api/v1/audit?event=denied", undefined, asBoot);
    expect(entries[0]).toMatchObject({
      actor: name,
      actor_kind: "key",
      ip_address: "127.0.0.1",
      right: "manage",
      method: "PUT",
      path: "/api/v1/services/checkout",
      resource: "request",
      resource_id: "PUT /api/v1/services/{service}",
      after: { missing: { scope: "write" } },
    });
  });

  test("has its own rate limit per minute, and its response contains Retry-After", async () => {
    const { key } = await make("read");
    const { key: other } = await make("read");
    const ask = () => api("GET /api/v1/services", undefined, bearer(key));
    for (let count = 0; count < perMinute; count += 1) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(refused.headers).toMatchObject({
      "content-type": "application/problem+json",
      "retry-after": "1",
    });
    expect(refused.json()).toMatchObject({ code: "too_many_requests", status: 429 });
    expect(await statusOf("GET /api/v1/services", other)).toBe(200);
    later(seconds(1));
    expect((await ask()).status).toBe(200);
  });
});

describe("a session", () => {
  test("is opened by such a key, and ends with it", async () => {
    const { id, key } = await make("write");
    const browser = aBrowser();
    await browser.get("/sign-in");
    const signedIn = await browser.send("/sign-in", { key, back: "/incidents" });
    expect([signedIn.status, signedIn.headers.location]).toEqual([303, "/incidents"]);
    expect([...browser.cookies.values()].join()).not.toContain(key);
    expect((await browser.get("/incidents")).status).toBe(200);
    await api.ok(`DELETE /api/v1/keys/${id}`, undefined, asBoot);
    later(seconds(10));
    const away = await browser.get("/incidents");
    expect([away.status, away.headers.location]).toEqual([303, "/sign-in?next=%2Fincidents"]);
    await browser.get("/sign-in");
    expect((await browser.send("/sign-in", { key, back: "/" })).status).toBe(401);
  });

  test("ends when its key is rotated, and when its time is over", async () => {
    const { id, key } = await make("read");
    const browser = aBrowser();
    await browser.get("/sign-in");
    await browser.send("/sign-in", { key, back: "/" });
    await api.ok(`POST /api/v1/keys/${id}/rotate`, undefined, asBoot);
    later(days(1));
    expect((await browser.get("/incidents")).status).toBe(303);
  });
});
