import { describe, expect, test } from "vitest";
import { monday, seconds } from "../../../tests/support/builders.ts";
import type { PersonSession } from "../../domain/access/account.ts";
import { limits } from "../../domain/limits.ts";
import { signToken } from "../tokens/signed-token.ts";
import { readSession, signPersonSession, signSession } from "./session.ts";
import { readStepCookie, setStepCookie } from "./step-cookie.ts";

const secret = "what signs the sessions of tests";
const session: PersonSession = {
  accountId: "acc_1",
  identity: { issuer: "https://id.example.com", subject: "ada" },
  id: "id",
  providerSessionId: null,
  issuedAt: monday,
};

describe("the session of a person", () => {
  const token = signPersonSession(session, secret);

  test("is read until it expires, with any current secret", () => {
    const end = monday + seconds(limits.sessionSeconds);
    expect(readSession(token, [secret], monday)).toEqual({ kind: "person", ...session });
    expect(readSession(token, ["a newer secret of the platform", secret], end - 1)).toBeDefined();
    expect(readSession(token, [secret], end)).toBeUndefined();
    expect(readSession(token, ["another secret of the platform"], monday)).toBeUndefined();
    expect(readSession(token, [], monday)).toBeUndefined();
  });

  test("is neither a session of a key nor the reverse", () => {
    const claims = token.slice(0, token.lastIndexOf("."));
    expect(readSession(signToken("session", claims, secret), [secret], monday)?.kind).toBe("key");
    expect(readSession(signSession({ sha256: "00" }, secret, "nonce", monday), [secret], monday)).toEqual({
      kind: "key",
      sha256: "00",
    });
    expect(readSession(signToken("sign-in", claims, secret), [secret], monday)).toBeUndefined();
  });
});

test("the cookie of a step is read for its time, by its name, over the same protocol", () => {
  const set = setStepCookie("sign-in", { a: 1 }, new Headers(), { secret, seconds: 60, now: monday });
  const cookie = set.slice(0, set.indexOf(";"));
  const read = (now: number, headers = new Headers({ cookie })) =>
    readStepCookie("sign-in", headers, [secret], now);
  expect(read(monday + seconds(60) - 1)).toEqual({ a: 1 });
  expect(read(monday + seconds(60))).toBeUndefined();
  expect(read(monday, new Headers({ cookie: cookie.replace("sign-in", "sign-out") }))).toBeUndefined();
  expect(read(monday, new Headers({ cookie, "x-forwarded-proto": "https" }))).toBeUndefined();
  expect(
    readStepCookie(
      "sign-out",
      new Headers({ cookie: cookie.replace("sign-in", "sign-out") }),
      [secret],
      monday,
    ),
  ).toBeUndefined();
});
