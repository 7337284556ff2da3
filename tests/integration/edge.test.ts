/** Rules for all endpoints: keys, scopes, headers, origins, sizes. */
import { join } from "node:path";
import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { findContracts } from "../../infra/build/contracts.ts";
import { writeDocsAssets } from "../../infra/build/docs-assets.ts";
import { writeWebAssets } from "../../infra/build/web-assets.ts";
import { scopeOf } from "../../shared/contracts/contract.ts";
import { fillPath } from "../../shared/contracts/path-template.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { limits } from "../../shared/domain/limits.ts";
import { call, type HttpReply, type HttpRequest, handlerOf } from "../support/functions/lambda.ts";
import { temporaryFolder } from "../support/platform/platform.ts";
import { type SharedEmulators, sharedEmulators } from "../support/platform/shared-emulators.ts";

const friend = "https://status.example.com";
const foreigner = "https://evil.example.com";

let emulators: SharedEmulators;
beforeAll(async () => {
  emulators = await sharedEmulators();
  const bundles = temporaryFolder();
  writeDocsAssets(join(bundles, "dist/docs-assets"));
  await writeWebAssets(join(bundles, "dist/web-assets"), "fast");
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const keys = ["ingest", "read", "write", "admin"].map(
    (scope) => `${scope}:${scope}:${sha256(`key-${scope}`)}`,
  );
  Object.assign(process.env, emulators.env, {
    BUNDLES_DIR: bundles,
    SIGNING_SECRET: "what signs the links of this test",
    AUTH: "required",
    API_KEYS: keys.join(),
    CORS_ORIGINS: friend,
  });
});
afterAll(async () => {
  vi.restoreAllMocks();
  await emulators.stop();
});

const endpoints = (await findContracts(process.cwd())).map(({ contract, folder, name }) => ({
  name: `${contract.method} ${contract.path}`,
  contract,
  ask: async (request: Omit<HttpRequest, "path">): Promise<HttpReply> =>
    call(await handlerOf(`${folder}/${name}`), {
      method: contract.method,
      path: fillPath(contract.path, { email: "none@example.com" }, (value) => value || "none"),
      ...request,
    }),
}));
const guarded = endpoints.filter(({ contract }) => contract.right !== null);
const keyOf = (scope: string) => ({ "x-api-key": `key-${scope}` });
/** The most that doesn't reach so far. */
const lesser = { ingest: "write", read: "ingest", write: "read", scim: "write", admin: "write" } as const;

describe.each(endpoints)("$name", ({ contract, ask }) => {
  test("sets security headers on every response", async () => {
    for (const headers of [{}, keyOf("admin")] as Record<string, string>[]) {
      const reply = await ask({ headers: { ...headers, "x-request-id": "req-1" } });
      expect(reply.headers).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": expect.stringMatching(/^(no-referrer|same-origin)$/),
        "cache-control": expect.any(String),
        "x-request-id": "req-1",
      });
      if (reply.status >= 400 && !contract.page)
        expect(reply.headers["content-type"]).toBe("application/problem+json");
      if (contract.page) expect(reply.headers["content-security-policy"]).toContain("default-src 'none'");
    }
  });

  test("lets pages of the origins that were set read it, and of no others", async () => {
    const allowed = async (origin: string) =>
      (await ask({ headers: { origin } })).headers["access-control-allow-origin"];
    expect(await allowed(friend)).toBe(friend);
    expect(await allowed(foreigner)).toBeUndefined();
    expect(await allowed("null")).toBeUndefined();
  });
});

/** Bodies that no path takes, and how each is answered. */
const hopeless: readonly [body: string | Buffer, encoding: string | undefined, status: number][] = [
  [`"${"x".repeat(limits.bodyBytes)}"`, undefined, 413],
  [gzipSync(Buffer.alloc(64 * 1024 * 1024, "x")), "gzip", 413],
  [deflateSync(`"${"x".repeat(limits.bodyBytes)}"`), "deflate", 413],
  [gzipSync("{}").subarray(0, -4), "gzip", 400],
  ["{}", "gzip", 400],
  [brotliCompressSync("{}"), "br", 415],
];

async function expectRefusals(ask: (request: Omit<HttpRequest, "path">) => Promise<HttpReply>) {
  for (const [body, encoding, status] of hopeless) {
    const headers = { ...keyOf("admin"), ...(encoding !== undefined && { "content-encoding": encoding }) };
    expect([(await ask({ headers, body })).status, encoding]).toEqual([status, encoding]);
  }
}

test.each(["what?", "c#", "a b", "a%20b", "a%2fb", "db/primary", "ü", "%", "a//b", "a+b"])(
  "the service %j is the one that is changed, and no other",
  async (name) => {
    const headers = keyOf("admin");
    const team = `team of ${name}`;
    const put = await call(await handlerOf("oncall/services/put-service"), {
      method: "PUT",
      path: `/api/v1/services/${encodeURIComponent(name)}`,
      headers,
      body: { team },
    });
    expect([put.status, put.json().service]).toEqual([200, name]);
    expect(put.json().warnings).toEqual([
      `The team ${JSON.stringify(team)} has no schedule yet. Create one, or its incidents page the fallback address.`,
    ]);
    const list = await call(await handlerOf("oncall/services/list-services"), {
      path: "/api/v1/services",
      headers,
    });
    const { services } = list.json<{ services: { service: string; team: string }[] }>();
    expect(services.filter((each) => each.team === team).map(({ service }) => service)).toEqual([name]);
  },
);

test.each([".", ".."])("the name %j is not found", async (name) => {
  const put = await call(await handlerOf("oncall/services/put-service"), {
    method: "PUT",
    path: `/api/v1/services/${name.replaceAll(".", "%2E")}`,
    headers: keyOf("admin"),
    body: { team: "a" },
  });
  expect(put.status).toBe(404);
});

test.each(endpoints.filter(({ contract }) => contract.method === "GET"))(
  "$name answers HEAD as GET, without the body",
  async ({ ask }) => {
    for (const headers of [{}, keyOf("admin")] as Record<string, string>[]) {
      const [get, head] = [await ask({ headers }), await ask({ method: "HEAD", headers })];
      expect([head.status, head.headers["content-type"], head.text]).toEqual([
        get.status,
        get.headers["content-type"],
        "",
      ]);
    }
  },
);

test.each(endpoints.filter(({ contract }) => contract.body))(
  "$name takes no more than a body may weigh, and no encoding that it does not know",
  ({ ask }) => expectRefusals(ask),
);

test.each(["/integrations/none", "/v2/enqueue", "/v2/alerts", "/api/v2/alerts"])(
  "%s takes no more than a body may weigh, and no encoding that it does not know",
  async (path) => {
    const handler = await handlerOf("integrations/receive-event");
    await expectRefusals((request) => call(handler, { method: "POST", path, ...request }));
  },
);

test("forms take no more than a body may weigh, and no encoding that they do not know", async () => {
  const handler = await handlerOf("web/act");
  await expectRefusals((request) => call(handler, { method: "POST", path: "/sign-in", ...request }));
});

test.each([
  ["gzip", gzipSync],
  ["deflate", deflateSync],
] as const)("an alert that is sent as %s is stored", async (encoding, encode) => {
  const handler = await handlerOf("alerts/receive-alerts");
  const body = encode(JSON.stringify({ service: "checkout", severity: "high", message: "down" }));
  const headers = { ...keyOf("ingest"), "content-encoding": encoding };
  const reply = await call(handler, { method: "POST", path: "/api/v1/alerts", headers, body });
  expect([reply.status, reply.json().status]).toEqual([202, "accepted"]);
});

test.each(guarded)("$name requires a key with its scope", async ({ contract, ask }) => {
  const scope = scopeOf(contract);
  const rejected = await ask({});
  expect([rejected.status, rejected.headers["www-authenticate"]]).toEqual([401, "Bearer"]);
  expect((await ask({ headers: { "x-api-key": `ipk_${"x".repeat(43)}` } })).status).toBe(401);
  if (scope !== null) expect((await ask({ headers: keyOf(lesser[scope]) })).status).toBe(403);
  for (const reaching of [scope ?? "read", "admin"])
    expect([401, 403], reaching).not.toContain((await ask({ headers: keyOf(reaching) })).status);
});

describe("where no keys are asked for", () => {
  beforeAll(() => {
    vi.resetModules();
    vi.stubEnv("AUTH", "");
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    vi.resetModules();
  });

  test.each(endpoints)("$name is for this machine alone", async ({ ask, contract }) => {
    const foreign = [{ host: "evil.example.com" }, { origin: foreigner }];
    // Pages of links send no referrer, and therefore this origin. Their address is the authorization.
    const isLink = contract.path.startsWith("/links/");
    for (const headers of [...foreign, ...(isLink ? [] : [{ origin: "null" }])])
      expect((await ask({ headers })).status, JSON.stringify(headers)).toBe(403);
    expect((await ask({ headers: { origin: "http://localhost:8080" } })).status).not.toBe(403);
  });
});
