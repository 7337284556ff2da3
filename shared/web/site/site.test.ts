import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyText } from "../../../tests/support/any-text.ts";
import { days, monday, seconds } from "../../../tests/support/builders.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { limits } from "../../domain/limits.ts";
import { type AccessRules, type ApiKey, keyOfDigest, requireOwnOrigin } from "../../http/access.ts";
import { readCookie, setCookie } from "../../http/session/cookies.ts";
import { readSession, signSession } from "../../http/session/session.ts";
import { packFlash, unpackFlash } from "./flash.ts";
import { readForm } from "./forms/form.ts";
import { formToken, isFormToken } from "./forms/form-token.ts";
import { ownPath } from "./own-path.ts";
import { pageOfAction } from "./routes.ts";

const secret = "what signs what browsers keep: 32";
const older = "what signed it until a while ago";
const key: ApiKey = { name: "ada", scopes: ["write"], teams: null, sha256: sha256("ada's key") };
const keys = [{ ...key, name: "bob", sha256: sha256("bob's key") }, key];

const digestOfSession = (token: string, secrets: readonly string[], now: number) => {
  const session = readSession(token, secrets, now);
  return session?.kind === "key" ? session.sha256 : undefined;
};

describe("a session", () => {
  const token = signSession(key, secret, "nonce", monday);

  test("is of the key that opened it until its time is over", () => {
    const end = monday + seconds(limits.sessionSeconds);
    expect(digestOfSession(token, [secret], monday)).toBe(key.sha256);
    expect(digestOfSession(token, [secret], end - 1)).toBe(key.sha256);
    expect(digestOfSession(token, [secret], end)).toBeUndefined();
    expect(digestOfSession(token, [secret], monday + days(1))).toBeUndefined();
  });

  test("ends with its key", async () => {
    const digest = digestOfSession(token, [secret], monday) ?? "";
    expect(await keyOfDigest({ apiKeys: keys }, digest)).toBe(key);
    expect(await keyOfDigest({ apiKeys: keys.slice(0, 1) }, digest)).toBeUndefined();
  });

  test("outlives the secret that signed it only as long as that is known", () => {
    expect(digestOfSession(token, ["a newer secret of this platform", secret], monday)).toBe(key.sha256);
    expect(digestOfSession(token, [older], monday)).toBeUndefined();
    expect(digestOfSession(token, [], monday)).toBeUndefined();
  });

  test("with any character changed is invalid", () => {
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.stringMatching(/^[\w.-]$/), (index, letter) => {
        fc.pre(token[index] !== letter);
        const changed = token.slice(0, index) + letter + token.slice(index + 1);
        expect(digestOfSession(changed, [secret], monday)).toBeUndefined();
      }),
    );
  });

  test("cannot be forged", () => {
    fc.assert(
      fc.property(anyText(), (text) => {
        expect(digestOfSession(text, [secret], monday)).toBeUndefined();
      }),
    );
  });
});

describe("a form's token", () => {
  const owner = fc.record({
    browserId: fc.string({ minLength: 1 }),
    session: fc.option(fc.string(), { nil: null }),
  });

  test("is valid for its own browser and session", () => {
    fc.assert(
      fc.property(owner, (mine) => {
        expect(isFormToken(formToken(mine, secret), mine, [older, secret])).toBe(true);
      }),
    );
  });

  test("is valid for no one else, and not after signing in or out", () => {
    fc.assert(
      fc.property(owner, owner, (mine, theirs) => {
        fc.pre(mine.browserId !== theirs.browserId || mine.session !== theirs.session);
        expect(isFormToken(formToken(mine, secret), theirs, [secret])).toBe(false);
      }),
    );
  });

  test("is no session and no flash, though one secret signs all", () => {
    fc.assert(
      fc.property(owner, (mine) => {
        const token = formToken(mine, secret);
        expect(digestOfSession(token, [secret], monday)).toBeUndefined();
        expect(unpackFlash(token, [secret])).toBeNull();
      }),
    );
  });
});

describe("a flash", () => {
  test("says what was put into it, if it was signed here", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 100 }), (text) => {
        const packed = packFlash({ kind: "done", text }, secret);
        expect(unpackFlash(packed, [secret])).toEqual({ kind: "done", text });
        expect(unpackFlash(packed, [older])).toBeNull();
        expect(packed).toMatch(/^[\w.-]+$/);
      }),
    );
  });

  test("fits a cookie however much there is to say", () => {
    expect(packFlash({ kind: "trouble", text: "🚨".repeat(5_000) }, secret).length).toBeLessThan(4_000);
  });
});

describe("a path of this site", () => {
  test.each(["/", "/incidents", "/incidents/7?text=a%20b", "/sign-in?next=%2F"])("%s is one", (path) => {
    expect(ownPath(path)).toBe(path);
  });

  test.each([
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "/.//evil.example",
    "/..//evil.example/x",
    "evil",
    "",
    null,
    undefined,
  ])("%s is none", (path) => {
    expect(ownPath(path)).toBe("/");
  });

  test("redirects only within this site", () => {
    fc.assert(
      fc.property(fc.oneof(anyText(), fc.stringMatching(/^[/\\.:a-z\t]{0,12}$/)), (text) => {
        expect(new URL(ownPath(text), "https://here.example").origin).toBe("https://here.example");
      }),
    );
  });
});

test.each([
  ["edit-incident", { id: "7" }, "/incidents/7"],
  ["create-incident", {}, "/incidents/new"],
  ["respond-to-incidents", {}, "/incidents"],
  ["change-silence", { id: "sil_1" }, "/alerts/silences"],
  ["end-override", { team: "a b", id: "ovr_1" }, "/on-call/a%20b"],
  ["remember-name", {}, "/"],
] as const)("the action %s of %o belongs to the page %s", (action, params, page) => {
  expect(pageOfAction(action, params)).toBe(page);
});

describe("a cookie", () => {
  const over = (scheme: string, value: string) => new Headers({ "x-forwarded-proto": scheme, cookie: value });

  test("is hidden from scripts, and over HTTPS sent only there", () => {
    expect(setCookie("visitor", "x", { secure: false, maxAgeSeconds: 60 })).toBe(
      "visitor=x; Max-Age=60; Path=/; HttpOnly; SameSite=Lax",
    );
    expect(setCookie("visitor", "x", { secure: true, maxAgeSeconds: 60 })).toBe(
      "__Host-visitor=x; Max-Age=60; Path=/; HttpOnly; Secure; SameSite=Lax",
    );
  });

  test("is read by its full name", () => {
    expect(readCookie(over("http", "a=1; visitor=x=y; visitor2=z"), "visitor")).toBe("x=y");
    expect(readCookie(over("http", "myvisitor=x"), "visitor")).toBeUndefined();
    expect(readCookie(over("https", "visitor=planted; __Host-visitor=own"), "visitor")).toBe("own");
    expect(readCookie(over("https", "visitor=planted"), "visitor")).toBeUndefined();
  });
});

test("a form's fields keep their repetitions, and text that can't be stored is mended", () => {
  const form = readForm("a=1&a=2&b=%EF%BF%BD&c=x%0D%0Ay&d=");
  expect([...form]).toEqual([
    ["a", ["1", "2"]],
    ["b", ["\uFFFD"]],
    ["c", ["x\ny"]],
    ["d", [""]],
  ]);
});

describe("a form", () => {
  const rules: AccessRules = {
    keysRequired: true,
    apiKeys: [],
    hosts: ["oncall.example.com"],
    corsOrigins: ["https://status.example.com"],
  };
  const send = (origin: string) => () =>
    requireOwnOrigin(rules, new Headers({ host: "api.example.com", origin }));

  test.each(["https://api.example.com", "https://oncall.example.com"])("may come from %s", (origin) => {
    expect(send(origin)).not.toThrow();
  });

  test.each(["https://status.example.com", "https://evil.example", "null", "https://api.example.com:8443"])(
    "may not come from %s, whatever may call the API",
    (origin) => {
      expect(send(origin)).toThrow("are not accepted");
    },
  );
});
