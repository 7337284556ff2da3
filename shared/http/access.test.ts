import { describe, expect, test, vi } from "vitest";
import { monday } from "../../tests/support/builders.ts";
import { sha256 } from "../crypto/sha256.ts";
import { AccessDenied } from "../domain/access/access-denied.ts";
import type { KeyScope } from "../domain/access/api-key.ts";
import type { Right } from "../domain/access/rights.ts";
import { type AccessRules, admit, localCaller } from "./access.ts";
import { Forbidden, Unauthenticated, Unreadable } from "./errors.ts";

const open: AccessRules = {
  keysRequired: false,
  apiKeys: [],
  hosts: ["oncall.example.com"],
  corsOrigins: ["https://status.example.com"],
};

const keyOf = (name: string, ...scopes: KeyScope[]) => ({
  name,
  scopes,
  teams: null,
  sha256: sha256(`key of ${name}`),
});
const guarded: AccessRules = {
  ...open,
  keysRequired: true,
  apiKeys: [
    keyOf("sensor", "ingest"),
    keyOf("reader", "read"),
    keyOf("writer", "write"),
    keyOf("boss", "admin"),
  ],
};

const visit = (headers: Record<string, string>, rules = open) =>
  admit(rules, new Headers({ host: "localhost:8080", ...headers }), { right: "manage" }, monday);

test.each(["a b", "[::1", "%zz", "a/b"])(
  "the host %j is none, also where keys are required",
  async (host) => {
    await expect(visit({ host, "x-api-key": "key of writer" }, guarded)).rejects.toThrow(Unreadable);
  },
);

describe("without keys the platform answers", () => {
  test.each([
    "localhost",
    "localhost:8080",
    "LOCALHOST:8080",
    "127.0.0.1:8080",
    "127.9.8.7",
    "[::1]:8080",
    "[0:0:0:0:0:0:0:1]:8080",
    "oncall.example.com",
    "Oncall.Example.Com:443",
  ])("to the host %s", async (host) => {
    expect(await visit({ host })).toBe(localCaller);
  });

  test.each([
    "evil.example.com",
    "localhost.evil.example.com",
    "127.0.0.1.evil.example.com",
    "192.168.0.10:8080",
    "0.0.0.0:8080",
    "[::]:8080",
    "[::ffff:127.0.0.1]:8080",
    "10.127.0.0.1",
    "",
    "a b",
    "[::1",
    "%zz",
    "somebody@localhost",
    "localhost/path",
  ])("not to the host %j, which may be rebound to this machine", async (host) => {
    await expect(visit({ host })).rejects.toThrow(Forbidden);
  });

  test("not to a request that names no host", async () => {
    await expect(admit(open, new Headers(), { right: "read" }, monday)).rejects.toThrow(Forbidden);
  });

  test.each([
    "http://localhost:8080",
    "http://127.0.0.1:8080",
    "http://[::1]:8080",
    "https://status.example.com",
  ])("to pages of %s", async (origin) => {
    expect(await visit({ origin })).toBe(localCaller);
  });

  test.each([
    "http://localhost:3000",
    "http://localhost",
    "https://evil.example.com",
    "http://localhost.evil.example.com:8080",
    "https://status.example.com.evil.example.com",
    "http://status.example.com",
    "https://status.example.com:8443",
    "null",
    "",
    "file://",
  ])("not to pages of %j", async (origin) => {
    await expect(visit({ origin })).rejects.toThrow(Forbidden);
  });

  test("to its own pages behind the default port too", async () => {
    expect(await visit({ host: "oncall.example.com", origin: "https://oncall.example.com" })).toBe(
      localCaller,
    );
  });
});

describe("with keys required", () => {
  const present = (headers: Record<string, string>, right: Right | null) =>
    admit(guarded, new Headers({ host: "anything.example.com", ...headers }), { right }, monday);

  test.each([
    { authorization: "Bearer key of reader" },
    { authorization: "bearer   key of reader" },
    { "x-api-key": " key of reader " },
  ])("a key comes as %o", async (headers) => {
    const spaceless = {
      ...guarded,
      apiKeys: [{ ...keyOf("x", "read"), sha256: sha256("secret"), name: "reader" }],
    };
    const sent = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, value.replace("key of reader", "secret")]),
    );
    expect(await admit(spaceless, new Headers(sent), { right: "read" }, monday)).toMatchObject({
      principal: { name: "reader" },
    });
  });

  test.each([
    {},
    { "x-api-key": "wrong" },
    { authorization: "Bearer" },
    { authorization: "Basic key of reader" },
    { "x-api-key": keyOf("reader", "read").sha256 },
  ])("%o is anonymous", async (headers) => {
    await expect(present(headers as Record<string, string>, "read")).rejects.toThrow(Unauthenticated);
  });

  test("a key that is configured with a damaged digest fits nothing", async () => {
    const rules = { ...guarded, apiKeys: [{ ...keyOf("damaged", "admin"), sha256: "" }] };
    await expect(
      admit(rules, new Headers({ "x-api-key": "any" }), { right: "read" }, monday),
    ).rejects.toThrow(Unauthenticated);
  });

  test.each([
    { name: "sensor", permitted: ["ingest"] },
    { name: "reader", permitted: ["read"] },
    { name: "writer", permitted: ["read", "manage"] },
    { name: "boss", permitted: ["ingest", "read", "manage", "provision", "administer"] },
  ] as const)("the key of $name has the rights $permitted and no other", async ({ name, permitted }) => {
    for (const right of ["ingest", "read", "manage", "provision", "administer"] as const) {
      const attempt = () => present({ "x-api-key": `key of ${name}` }, right);
      if ((permitted as readonly string[]).includes(right))
        expect(await attempt()).toMatchObject({ principal: { name } });
      else await expect(attempt(), `${name} for ${right}`).rejects.toThrow(AccessDenied);
    }
  });

  test("a public endpoint needs no key, from any host", async () => {
    expect(await present({}, null)).toBeNull();
  });
});

describe("a key of the table", () => {
  const secret = `ipk_${"x".repeat(43)}`;
  const findKey = async (digest: string) =>
    digest === sha256(secret) ? { ...keyOf("ops", "read"), sha256: digest } : undefined;
  const admitWith = (key: string, rules: Partial<AccessRules> = {}, right: Right = "read") =>
    admit({ ...guarded, findKey, ...rules }, new Headers({ "x-api-key": key }), { right }, monday);

  test("lets in as one of the environment does, which is asked first", async () => {
    expect(await admitWith(secret)).toMatchObject({ principal: { name: "ops" } });
    const own = { ...keyOf("own", "read"), sha256: sha256(secret) };
    expect(await admitWith(secret, { apiKeys: [own] })).toMatchObject({ principal: { name: "own" } });
  });

  test("is looked for only if it can be one", async () => {
    const looked = vi.fn(findKey);
    for (const key of ["guessed", `${secret}x`, sha256(secret)])
      await expect(admitWith(key, { findKey: looked })).rejects.toThrow(Unauthenticated);
    expect(looked).not.toHaveBeenCalled();
  });

  test("is asked for where nothing has one yet, with how to make the first", async () => {
    const none = { apiKeys: [] };
    await expect(admitWith("guessed", none)).rejects.toThrow(/npm run keys -- create/);
    await expect(admitWith("guessed")).rejects.not.toThrow(/npm run keys/);
  });

  test("counts against its own limit, even if its request is denied", async () => {
    const consume = vi.fn();
    await admitWith(secret, { consume });
    await expect(admitWith("guessed", { consume })).rejects.toThrow(Unauthenticated);
    expect(consume.mock.calls).toEqual([[sha256(secret), monday]]);
    await expect(admitWith(secret, { consume }, "administer")).rejects.toThrow(AccessDenied);
    expect(consume).toHaveBeenCalledTimes(2);
  });
});

describe("a signed-in person", () => {
  const person = {
    kind: "person",
    email: "ada@example.com",
    name: "Ada",
    subject: "1",
    groups: [],
  } as const;
  const teams = new Map([["db", [{ role: "responder", email: person.email } as const]]]);
  const rules: AccessRules = {
    ...guarded,
    findPerson: async (headers) => (headers.get("cookie") === "session=ada" ? person : undefined),
    loadRoles: async () => ({ platform: [], teams, admins: [], defaultRole: null }),
  };
  const ask = (required: Parameters<typeof admit>[2], headers: Record<string, string>) =>
    admit(rules, new Headers(headers), required, monday);
  const cookie = "session=ada";
  const own = { "sec-fetch-site": "same-origin" };

  test("is known with their roles", async () => {
    expect(await ask({ method: "GET", right: "read" }, { cookie })).toEqual({
      principal: person,
      roles: [{ team: "db", role: "responder" }],
    });
    await expect(ask({ right: "read" }, {})).rejects.toThrow(Unauthenticated);
  });

  test("is not asked for where a key is sent, also a wrong one", async () => {
    expect(await ask({ right: "read" }, { cookie, "x-api-key": "key of reader" })).toMatchObject({
      principal: { kind: "key" },
    });
    await expect(ask({ right: "read" }, { cookie, "x-api-key": "wrong" })).rejects.toThrow(Unauthenticated);
  });

  test("needs to read before a use case decides what they may change", async () => {
    expect(await ask({ right: "manage", team: "resource" }, { cookie, ...own })).not.toBeNull();
    const nobody = { ...rules, findPerson: async () => ({ ...person, email: "bob@example.com" }) };
    await expect(
      admit(nobody, new Headers({ cookie, ...own }), { right: "manage", team: "resource" }, monday),
    ).rejects.toThrow(AccessDenied);
  });

  test("changes something from the platform's own pages only", async () => {
    const required = { method: "POST", right: "manage", team: "resource" } as const;
    const allowed = { cookie, host: "oncall.example.com", origin: "https://oncall.example.com" };
    expect(await ask(required, allowed)).not.toBeNull();
    for (const headers of [
      {},
      { origin: "https://evil.example" },
      { origin: "null" },
      { "sec-fetch-site": "none" },
    ])
      await expect(ask(required, { cookie, host: "oncall.example.com", ...headers })).rejects.toThrow(
        Forbidden,
      );
  });

  test("counts against their own rate limit", async () => {
    const consume = vi.fn();
    await admit({ ...rules, consume }, new Headers({ cookie }), { method: "GET", right: "read" }, monday);
    expect(consume.mock.calls).toEqual([[person.email, monday]]);
  });
});
