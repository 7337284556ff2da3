/** Signing in and out at a real OpenID Connect provider, through the functions, with an in-memory table. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { deactivated } from "../../shared/domain/access/account.ts";
import { limits } from "../../shared/domain/limits.ts";
import type { AccountStore, UserStore } from "../../shared/use-cases/ports/access.ts";
import { monday, seconds } from "../../tests/support/builders.ts";
import { cookieHeader, storeCookies } from "../../tests/support/functions/cookie-jar.ts";
import { call, type HttpReply, handlerOf } from "../../tests/support/functions/lambda.ts";
import { siteEnvironment } from "../../tests/support/functions/site.ts";
import type { MemoryTable } from "../../tests/support/memory/memory-table.ts";
import {
  type OidcServer,
  oidcClient,
  signingKey,
  startOidcServer,
} from "../../tests/support/platform/oidc-server.ts";

const platform = "http://localhost:8080";

const stored = vi.hoisted(() => ({ table: undefined as unknown as MemoryTable }));
vi.mock("../../shared/runtime/table.ts", () => ({ table: () => stored.table }));
let accounts: AccountStore;
let users: UserStore;

const environment = { ...process.env };
const ada = { sub: "ada", email: "Ada@Example.com", email_verified: true, name: "Ada Lovelace" };
let oidc: OidcServer;

beforeAll(async () => {
  // The functions have their own copies of all modules, which read the settings below.
  vi.resetModules();
  const { memoryTable } = await import("../../tests/support/memory/memory-table.ts");
  stored.table = memoryTable(() => Date.now());
  accounts = (await import("../../shared/storage/access/account-store.ts")).accountStore(stored.table);
  users = (await import("../../shared/storage/access/user-store.ts")).userStore(stored.table);
  vi.useFakeTimers({ toFake: ["Date"], now: monday });
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  vi.spyOn(console, "warn").mockReturnValue();
  oidc = await startOidcServer(platform);
  Object.assign(process.env, await siteEnvironment(), {
    STAGE: "local",
    AUTH: "",
    TABLE_NAME: "table",
    TELEMETRY_QUEUE_URL: "http://localhost/telemetry",
    OIDC_ISSUER: oidc.issuer,
    OIDC_CLIENT_ID: oidcClient.id,
    OIDC_CLIENT_SECRET: oidcClient.secret,
    OIDC_NAME: "Example",
    ADMIN_EMAILS: "ada@example.com",
    CORS_ORIGINS: "https://status.example.com",
  });
});
afterAll(async () => {
  await oidc.close();
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
  vi.resetModules();
});
beforeEach(() => {
  oidc.person = ada;
  // Each test starts with fresh keys and accounts, whatever the one before has cached.
  wait(120);
});
afterEach(() => {
  oidc.tamper = undefined;
});

const wait = (count: number) => void vi.setSystemTime(Date.now() + seconds(count));

interface Browser {
  readonly cookies: Map<string, string>;
  get(handler: string, url: string, headers?: Record<string, string>): Promise<HttpReply>;
  post(handler: string, path: string, fields: Record<string, string>): Promise<HttpReply>;
}

function aBrowser(cookies = new Map<string, string>()): Browser {
  async function ask(handler: string, request: Parameters<typeof call>[1]): Promise<HttpReply> {
    const cookie = cookieHeader(cookies);
    const headers = { ...(cookie && { cookie }), ...request.headers };
    const reply = await call(await handlerOf(`web/${handler}`), { ...request, headers });
    storeCookies(cookies, reply.cookies);
    return reply;
  }
  return {
    cookies,
    get(handler, url, headers = {}) {
      const { pathname, search } = new URL(url, platform);
      return ask(handler, { path: pathname, query: search.slice(1), headers });
    },
    async post(handler, path, fields) {
      const { text } = await this.get("show-page", "/sign-in");
      const token = /name="form_token" value="([^"]*)"/.exec(text)?.[1] ?? "";
      const headers = { "content-type": "application/x-www-form-urlencoded", origin: platform };
      const body = new URLSearchParams({ form_token: token, ...fields }).toString();
      return ask(handler, { method: "POST", path, headers, body });
    },
  };
}

/** Starts to sign in. @returns the address that the provider leads back to */
async function answered(browser: Browser, next = "/services"): Promise<string> {
  const { headers } = await browser.get("start-sign-in", `/sign-in/oidc?${new URLSearchParams({ next })}`);
  return oidc.visit(headers.location ?? "");
}

const finish = (browser: Browser, callback: string) => browser.get("finish-sign-in", callback);

async function signIn(browser = aBrowser()): Promise<Browser> {
  const reply = await finish(browser, await answered(browser));
  expect(reply.status, reply.text).toBe(303);
  return browser;
}

/** @returns 200 with a session, else 303 */
const statusOfPage = async (browser: Browser) => (await browser.get("show-page", "/services")).status;
const copyOf = ({ cookies }: Browser) => aBrowser(new Map(cookies));
const headingOf = ({ text }: HttpReply) => /<h1[^>]*>(.*?)<\/h1>/s.exec(text)?.[1];
const accountOfAda = async () => (await accounts.findByEmail("ada@example.com")) ?? expect.fail("no account");

describe("signing in", () => {
  test("opens the requested page and creates the account and the user", async () => {
    const browser = aBrowser();
    expect(await statusOfPage(browser)).toBe(303);
    expect((await browser.get("show-page", "/sign-in?next=/services")).text).toContain(
      'href="/sign-in/oidc?next=%2Fservices"',
    );
    oidc.person = { ...ada, groups: ["ops", "dev", "ops", 7, ""] };
    const reply = await finish(browser, await answered(browser));
    expect([reply.status, reply.headers.location]).toEqual([303, "/services"]);
    const page = await browser.get("show-page", "/services");
    expect(page.status).toBe(200);
    expect(page.text).toContain("Ada Lovelace");
    expect(await accountOfAda()).toMatchObject({
      email: "ada@example.com",
      identity: { issuer: oidc.issuer, subject: "ada" },
      claimedGroups: ["dev", "ops"],
      active: true,
      signedInAt: Date.now(),
    });
    const user = await users.find("ada@example.com");
    expect(user).toMatchObject({ name: "Ada Lovelace", timezone: "UTC", contactMethods: [] });
  });

  test("updates the name, unless it was changed here, and the groups", async () => {
    oidc.person = { ...ada, groups: "ops" };
    await signIn();
    oidc.person = { ...ada, name: "Ada King" };
    await signIn();
    expect(await accountOfAda()).toMatchObject({ name: "Ada King", claimedGroups: [] });
    const user = await users.find("ada@example.com");
    expect(user?.name).toBe("Ada King");
    if (user) await users.put({ ...user, name: "A. L.", updatedAt: user.updatedAt + 1 }, user);
    await signIn();
    expect((await users.find("ada@example.com"))?.name).toBe("A. L.");
  });

  test("sets cookies that scripts, other hosts and other sites do not get", async () => {
    const https = { "x-forwarded-proto": "https" };
    const { cookies } = await aBrowser().get("start-sign-in", "/sign-in/oidc", https);
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-sign-in=[\w.-]+; Max-Age=600; Path=\/; HttpOnly; Secure; SameSite=Lax$/),
    ]);
    const browser = aBrowser();
    const plain = await finish(browser, await answered(browser));
    expect(plain.cookies).toEqual([
      expect.stringMatching(/^session=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/),
      "sign-in=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax",
    ]);
    oidc.register(platform.replace("http:", "https:"));
    const secure = aBrowser();
    const { headers } = await secure.get("start-sign-in", "/sign-in/oidc", https);
    const callback = await oidc.visit(headers.location ?? "");
    const finished = await secure.get("finish-sign-in", callback, https);
    oidc.register(platform);
    expect(finished.cookies).toEqual([
      expect.stringMatching(
        /^__Host-session=[\w.-]+; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
      "__Host-sign-in=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax",
    ]);
  });

  test("asks for PKCE, state and nonce, which are new each time", async () => {
    const { headers } = await aBrowser().get("start-sign-in", "/sign-in/oidc");
    const asked = Object.fromEntries(new URL(headers.location ?? "").searchParams);
    expect(asked).toMatchObject({
      response_type: "code",
      client_id: oidcClient.id,
      scope: "openid profile email",
      redirect_uri: `${platform}/sign-in/callback`,
      code_challenge_method: "S256",
    });
    const again = await aBrowser().get("start-sign-in", "/sign-in/oidc");
    const { searchParams } = new URL(again.headers.location ?? "");
    for (const name of ["state", "nonce", "code_challenge"])
      expect(searchParams.get(name)).not.toBe(asked[name]);
  });

  test.each([
    "//evil.example",
    "https://evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "/a/..//evil.example",
  ])("never leads to another site: %s", async (next) => {
    const browser = aBrowser();
    const reply = await finish(browser, await answered(browser, next));
    expect(reply.headers.location).toMatch(/^\/(?![/\\])/);
    expect(reply.headers.location).not.toContain("evil.example/");
  });

  test("replaces a session that the browser had before", async () => {
    const before = await signIn();
    const session = before.cookies.get("session");
    await signIn(before);
    expect(before.cookies.get("session")).not.toBe(session);
    const planted = aBrowser(new Map([["session", "planted"]]));
    await signIn(planted);
    expect(planted.cookies.get("session")).not.toBe("planted");
  });

  test("takes the email from the user info if the ID token has none", async () => {
    oidc.tamper = ({ email: _, email_verified: __, name: ___, ...claims }) => oidc.sign(claims);
    await signIn();
    expect(await accountOfAda()).toMatchObject({ name: "Ada Lovelace" });
  });

  test("with a changed email keeps the account", async () => {
    await signIn();
    const { id } = await accountOfAda();
    const user = (await users.find("ada@example.com")) ?? expect.fail("no user");
    const contactMethods = [{ id: "phone", channel: "sms", address: "+4915112345678" }];
    await users.put({ ...user, timezone: "Europe/Berlin", contactMethods }, user);
    oidc.person = { ...ada, email: "ada.king@example.com" };
    const renamed = await signIn();
    expect(await accounts.find(id)).toMatchObject({ email: "ada.king@example.com" });
    expect(await accounts.findByEmail("ada@example.com")).toBeUndefined();
    // Shifts may name either address.
    const profile = { timezone: "Europe/Berlin", contactMethods };
    expect(await users.find("ada.king@example.com")).toMatchObject(profile);
    expect(await users.find("ada@example.com")).toMatchObject(profile);
    // The person and the administrators are notified.
    expect((await renamed.get("show-page", "/services")).text).toMatch(
      /Your address is now .*ada\.king@example\.com.*may still name .*ada@example\.com/,
    );
    const signIns = stored.table.all().filter(({ event }) => event === "sign_in");
    expect(signIns.at(-1)?.after).toContain("former_email");
    oidc.person = ada;
    await signIn();
  });

  test("with the email of an account that had another identity ends that one's sessions", async () => {
    const former = await signIn();
    oidc.person = { ...ada, sub: "another ada" };
    const current = await signIn();
    wait(limits.accountCacheSeconds);
    expect(await statusOfPage(former)).toBe(303);
    expect(await statusOfPage(current)).toBe(200);
  });
});

describe("a response of the provider is rejected", () => {
  const rejected = (reply: HttpReply) => {
    expect([reply.status, headingOf(reply)]).toEqual([400, "Sign-in failed"]);
    expect(reply.cookies.filter((each) => each.includes("session="))).toEqual([]);
  };

  test("with another state, in another browser, and after the time for signing in", async () => {
    const browser = aBrowser();
    const callback = new URL(await answered(browser));
    rejected(await finish(aBrowser(), callback.href));
    const other = new URL(callback);
    other.searchParams.set("state", "guessed");
    rejected(await finish(browser, other.href));
    rejected(await finish(browser, `${platform}/sign-in/callback`));
    wait(limits.signInSeconds);
    rejected(await finish(browser, callback.href));
  });

  test("a second time, and with a code of another flow", async () => {
    const browser = aBrowser();
    const callback = await answered(browser);
    const copied = copyOf(browser);
    expect((await finish(browser, callback)).status).toBe(303);
    rejected(await finish(copied, callback));
    const fresh = new URL(await answered(copied));
    fresh.searchParams.set("code", new URL(callback).searchParams.get("code") ?? "");
    rejected(await finish(copied, fresh.href));
    const [one, two] = [aBrowser(), aBrowser()];
    const mixed = new URL(await answered(one));
    mixed.searchParams.set("code", new URL(await answered(two)).searchParams.get("code") ?? "");
    rejected(await finish(one, mixed.href));
  });

  test("that is an error, which it names", async () => {
    const browser = aBrowser();
    const callback = new URL(await answered(browser));
    callback.searchParams.delete("code");
    callback.searchParams.set("error", "access_denied");
    callback.searchParams.set("error_description", "<script>alert(1)</script>");
    const reply = await finish(browser, callback.href);
    rejected(reply);
    expect(reply.text).toContain("access_denied");
    expect(reply.text).not.toContain("alert(1)");
  });

  test("from another issuer (RFC 9207)", async () => {
    const browser = aBrowser();
    const callback = new URL(await answered(browser));
    callback.searchParams.set("iss", "https://evil.example");
    rejected(await finish(browser, callback.href));
    // This provider always names itself.
    const unnamed = new URL(await answered(browser));
    unnamed.searchParams.delete("iss");
    rejected(await finish(browser, unnamed.href));
  });

  const unsigned = (header: object, claims: object) =>
    `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.`;
  const now = () => Math.floor(Date.now() / 1_000);
  const forgeries: Readonly<Record<string, NonNullable<OidcServer["tamper"]>>> = {
    "another nonce": (claims) => oidc.sign({ ...claims, nonce: "another" }),
    "no nonce": ({ nonce: _, ...claims }) => oidc.sign(claims),
    "an expired token": (claims) => oidc.sign({ ...claims, exp: now() - limits.clockSkewSeconds - 1 }),
    "a token of the future": (claims) => oidc.sign({ ...claims, nbf: now() + limits.clockSkewSeconds + 5 }),
    "another audience": (claims) => oidc.sign({ ...claims, aud: "another client" }),
    "several audiences": (claims) => oidc.sign({ ...claims, aud: [oidcClient.id, "another client"] }),
    "several audiences and another party": (claims) =>
      oidc.sign({ ...claims, aud: [oidcClient.id, "another client"], azp: "another client" }),
    "another party": (claims) => oidc.sign({ ...claims, azp: "another client" }),
    "another issuer": (claims) => oidc.sign({ ...claims, iss: "https://evil.example" }),
    "no subject": ({ sub: _, ...claims }) => oidc.sign(claims),
    "the algorithm none": async (claims) => unsigned({ alg: "none" }, claims),
    "the algorithm none and the key's ID": async (claims) => unsigned({ alg: "none", kid: "first" }, claims),
    "no signature": async (claims) => (await oidc.sign(claims)).replace(/[^.]*$/, ""),
    "a foreign key": async (claims) => oidc.sign(claims, {}, await signingKey("first")),
    "a key of the token": async (claims) => {
      const foreign = await signingKey("foreign");
      return oidc.sign(claims, { jwk: foreign.jwk }, foreign);
    },
    "the client's secret as key": async (claims) => {
      const { SignJWT } = await import("jose");
      return new SignJWT(claims)
        .setProtectedHeader({ alg: "HS256", kid: "first" })
        .sign(new TextEncoder().encode(oidcClient.secret));
    },
    "changed claims": async (claims) => {
      const [header, , signature] = (await oidc.sign(claims)).split(".");
      const other = Buffer.from(JSON.stringify({ ...claims, sub: "eve" })).toString("base64url");
      return [header, other, signature].join(".");
    },
  };

  test.each(Object.entries(forgeries))("with %s", async (_, tamper) => {
    const browser = aBrowser();
    const callback = await answered(browser);
    oidc.tamper = tamper;
    rejected(await finish(browser, callback));
    expect(await statusOfPage(browser)).toBe(303);
  });

  test("but not if the clocks differ a little", async () => {
    for (const skew of [-(limits.clockSkewSeconds - 5), limits.clockSkewSeconds - 5]) {
      oidc.tamper = (claims) =>
        oidc.sign({ ...claims, iat: now() + skew, nbf: now() + skew, exp: now() + skew + 10 });
      await signIn();
    }
  });

  test("with keys that are no longer the provider's", async () => {
    const former = await signingKey("first");
    await signIn();
    await oidc.rotateKeys();
    wait(61);
    await signIn();
    const browser = aBrowser();
    const callback = await answered(browser);
    oidc.tamper = (claims) => oidc.sign(claims, {}, former);
    rejected(await finish(browser, callback));
  });
});

describe("people may not sign in", () => {
  const refused = async (person: object) => {
    oidc.person = { sub: "ada", ...person };
    const browser = aBrowser();
    const reply = await finish(browser, await answered(browser));
    expect([reply.status, headingOf(reply)]).toEqual([403, "Sign-in refused"]);
    expect(await statusOfPage(browser)).toBe(303);
    return reply.text;
  };

  test("without a verified email", async () => {
    const { email } = ada;
    expect(await refused({ email, email_verified: false })).toContain("has not verified");
    expect(await refused({ email, email_verified: "false" })).toContain("has not verified");
    expect(await refused({ email, email_verified: "maybe" })).toContain("has not verified");
    expect(await refused({ email })).toContain("has not verified");
    expect(await refused({ email_verified: true })).toContain("does not share");
    expect(await refused({ email: "ada", email_verified: true })).toContain("does not share");
  });

  test("after their account was deactivated, also with another email", async () => {
    const browser = await signIn();
    const account = await accountOfAda();
    const off = await accounts.replace(account, deactivated(account, Date.now()));
    expect(await refused(ada)).toContain("deactivated");
    expect(await refused({ ...ada, email: "ada.king@example.com" })).toContain("deactivated");
    wait(limits.accountCacheSeconds);
    expect(await statusOfPage(browser)).toBe(303);
    await accounts.replace(off, { ...off, active: true });
    expect(await statusOfPage(await signIn())).toBe(200);
  });
});

describe("a session", () => {
  test("ends within a minute after it was revoked, in every execution environment", async () => {
    const browser = await signIn();
    expect(await statusOfPage(browser)).toBe(200);
    const account = await accountOfAda();
    await accounts.replace(account, { ...account, sessionsEndBefore: Date.now() + 1 });
    wait(60);
    expect(await statusOfPage(browser)).toBe(303);
    expect(await statusOfPage(await signIn())).toBe(200);
  });

  test("ends after twelve hours", async () => {
    const browser = await signIn();
    wait(limits.sessionSeconds - 1);
    expect(await statusOfPage(browser)).toBe(200);
    wait(1);
    expect(await statusOfPage(browser)).toBe(303);
  });

  test("costs one read in half a minute", async () => {
    const browser = await signIn();
    wait(1);
    const get = vi.spyOn(stored.table, "get");
    const readsOfAccounts = () =>
      get.mock.calls.filter(([{ pk }]) => /^(ACCOUNT|ENDED_SESSION)/.test(pk)).length;
    for (let count = 0; count < 5; count += 1) await statusOfPage(browser);
    expect(readsOfAccounts()).toBe(1);
    wait(limits.accountCacheSeconds);
    await statusOfPage(browser);
    expect(readsOfAccounts()).toBe(2);
    get.mockRestore();
  });

  test("ends here and at the provider when the person signs out, and so do copies of its cookie", async () => {
    const browser = await signIn();
    const copied = copyOf(browser);
    const other = await signIn();
    const out = await browser.post("act", "/sign-out", {});
    expect([out.status, out.headers.location]).toEqual([303, "/sign-out/provider"]);
    expect(out.cookies).toContain("session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax");
    const leaving = await browser.get("sign-out-at-provider", "/sign-out/provider");
    const url = new URL(leaving.headers.refresh?.replace("0; url=", "") ?? "");
    expect([leaving.status, url.origin, url.pathname]).toEqual([200, oidc.issuer, "/session/end"]);
    expect(url.searchParams.get("post_logout_redirect_uri")).toBe(`${platform}/sign-in`);
    expect((await fetch(url)).status).toBe(200);
    expect(await statusOfPage(browser)).toBe(303);
    wait(limits.accountCacheSeconds);
    expect(await statusOfPage(copied)).toBe(303);
    expect(await statusOfPage(other)).toBe(200);
    const again = await browser.get("sign-out-at-provider", "/sign-out/provider");
    expect([again.status, again.headers.location]).toEqual([303, "/sign-in"]);
  });

  test("is not signed out by another site", async () => {
    const browser = await signIn();
    const reply = await call(await handlerOf("web/act"), {
      method: "POST",
      path: "/sign-out",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        origin: "https://evil.example",
        cookie: `session=${browser.cookies.get("session")}`,
      },
      body: "",
    });
    expect(reply.status).toBe(403);
    expect(await statusOfPage(browser)).toBe(200);
  });
});

describe("the API", () => {
  const profile = {
    name: "Ada Lovelace",
    timezone: "Europe/Berlin",
    contact_methods: [],
    notification_rules: [],
  };
  const ask = async ({ cookies }: Browser, line: string, name: string, headers = {}, body?: object) => {
    const [method = "", path = ""] = line.split(" ");
    const cookie = `session=${cookies.get("session")}`;
    return call(await handlerOf(name), { method, path, body, headers: { cookie, ...headers } });
  };
  const me = (browser: Browser, headers?: object) => ask(browser, "GET /api/v1/me", "access/get-me", headers);
  const change = (browser: Browser, headers?: object) =>
    ask(browser, "PUT /api/v1/users/ada@example.com", "access/put-user", headers, profile);

  test("knows people by their session, until it ends", async () => {
    const browser = await signIn();
    const reply = await me(browser);
    expect(reply.json()).toMatchObject({ kind: "person", name: "Ada Lovelace", email: "ada@example.com" });
    expect((await me(aBrowser(new Map([["session", "forged"]])))).status).toBe(401);
    expect((await me(browser, { authorization: "Bearer wrong" })).status).toBe(401);
    await browser.post("act", "/sign-out", {});
    wait(limits.accountCacheSeconds);
    expect((await me(browser)).status).toBe(401);
  });

  test("takes changes with a session only from the platform's own pages", async () => {
    const browser = await signIn();
    for (const headers of [
      {},
      { origin: "https://evil.example" },
      { origin: "https://status.example.com" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: "https://evil.example" },
    ])
      expect((await change(browser, headers)).status).toBe(403);
    expect((await change(browser, { origin: platform })).status).toBe(200);
    expect((await change(browser, { "sec-fetch-site": "same-origin" })).status).toBe(200);
  });

  test("takes alerts only with a key", async () => {
    const browser = await signIn();
    const alert = { service: "checkout", severity: "high", message: "down" };
    const own = { origin: platform };
    expect((await ask(browser, "POST /api/v1/alerts", "alerts/receive-alerts", own, alert)).status).toBe(401);
  });
});

describe("a logout token of the provider", () => {
  const events = { "http://schemas.openid.net/event/backchannel-logout": {} };
  let count = 0;
  const claims = (fields: object = {}) => {
    const iat = Math.floor(Date.now() / 1_000);
    count += 1;
    return {
      iss: oidc.issuer,
      aud: oidcClient.id,
      sub: "ada",
      iat,
      exp: iat + 120,
      jti: `${count}`,
      events,
      ...fields,
    };
  };
  const send = async (token: string) =>
    call(await handlerOf("web/receive-logout"), {
      method: "POST",
      path: "/sign-in/backchannel-logout",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ logout_token: token }).toString(),
    });
  const sidOf = async ({ cookies }: Browser) => {
    const [, packed = ""] = cookies.get("session")?.split(".") ?? [];
    return JSON.parse(Buffer.from(packed, "base64url").toString())[4] as string;
  };

  test("ends all sessions of a person", async () => {
    const [one, two] = [await signIn(), await signIn()];
    wait(1);
    expect((await send(await oidc.sign(claims(), { typ: "logout+jwt" }))).status).toBe(200);
    wait(limits.accountCacheSeconds);
    expect([await statusOfPage(one), await statusOfPage(two)]).toEqual([303, 303]);
    expect(await statusOfPage(await signIn())).toBe(200);
  });

  test.each([{ sub: "ada" }, { sub: undefined }])(
    "ends one session at the provider, named with %o",
    async (named) => {
      const [one, two] = [await signIn(), await signIn()];
      wait(1);
      expect((await send(await oidc.sign(claims({ ...named, sid: await sidOf(one) })))).status).toBe(200);
      wait(limits.accountCacheSeconds);
      expect([await statusOfPage(one), await statusOfPage(two)]).toEqual([303, 200]);
    },
  );

  test("works once, and ends no later session", async () => {
    await signIn();
    const token = await oidc.sign(claims());
    expect((await send(token)).status).toBe(200);
    wait(1);
    const later = await signIn();
    expect((await send(token)).status).toBe(400);
    wait(limits.accountCacheSeconds);
    expect(await statusOfPage(later)).toBe(200);
  });

  test("makes the platform request the provider's keys once, even if many have unknown ones", async () => {
    await send(await oidc.sign(claims()));
    wait(60);
    const before = oidc.keyRequests;
    for (let n = 0; n < 20; n += 1)
      expect((await send(await oidc.sign(claims(), { kid: `unknown ${n}` }))).status).toBe(400);
    expect(oidc.keyRequests - before).toBeLessThanOrEqual(1);
  });

  test("of an unknown person or session changes nothing", async () => {
    const known = (await stored.table.all()).length;
    expect((await send(await oidc.sign(claims({ sub: "nobody" })))).status).toBe(200);
    expect((await send(await oidc.sign(claims({ sub: undefined, sid: "nothing" })))).status).toBe(200);
    // Both messages are remembered.
    expect((await stored.table.all()).length).toBe(known + 2);
  });

  const old = limits.logoutTokenSeconds + limits.clockSkewSeconds + 1;
  test.each<[string, () => Promise<string>]>([
    ["that is none", async () => "nothing"],
    ["with a foreign key", async () => oidc.sign(claims(), {}, await signingKey("first"))],
    ["for another client", () => oidc.sign(claims({ aud: "another" }))],
    ["of another issuer", () => oidc.sign(claims({ iss: "https://evil.example" }))],
    ["with a nonce, like an ID token", () => oidc.sign(claims({ nonce: "x" }))],
    ["without its event", () => oidc.sign(claims({ events: {} }))],
    ["without events", () => oidc.sign(claims({ events: undefined }))],
    ["of another type", () => oidc.sign(claims(), { typ: "at+jwt" })],
    ["without an ID", () => oidc.sign(claims({ jti: undefined }))],
    ["without a time", () => oidc.sign(claims({ iat: undefined }))],
    ["of nobody", () => oidc.sign(claims({ sub: undefined }))],
    ["that is old", () => oidc.sign(claims({ iat: claims().iat - old, exp: undefined }))],
    ["that has expired", () => oidc.sign(claims({ exp: claims().iat - limits.clockSkewSeconds - 1 }))],
    ["of the future", () => oidc.sign(claims({ iat: claims().iat + limits.clockSkewSeconds + 5 }))],
    [
      "with the algorithm none",
      async () =>
        `${[{ alg: "none" }, claims()].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".")}.`,
    ],
  ])("%s is rejected", async (_, make) => {
    const browser = await signIn();
    wait(1);
    const reply = await send(await make());
    expect([reply.status, reply.json().code]).toEqual([400, "sign_in_failed"]);
    wait(limits.accountCacheSeconds);
    expect(await statusOfPage(browser)).toBe(200);
  });
});
