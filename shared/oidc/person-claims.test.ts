import { describe, expect, test } from "vitest";
import { limits } from "../domain/limits.ts";
import { type ClaimRules, readPersonClaims } from "./person-claims.ts";

const rules: ClaimRules = { groupsClaim: "groups", trustsEmail: false, emailDomains: [] };
const claims = { iss: "https://id.example.com", sub: "1", email: "ada@example.com", email_verified: true };

describe("the claims of a person", () => {
  test("say who they are", () => {
    const all = {
      ...claims,
      email: "Ada@Example.com",
      sid: "s",
      name: "Ada\nLovelace",
      groups: ["b", "a", "b"],
    };
    expect(readPersonClaims(all, rules)).toEqual({
      identity: { issuer: "https://id.example.com", subject: "1" },
      email: "ada@example.com",
      name: "Ada Lovelace",
      groups: ["a", "b"],
      providerSessionId: "s",
    });
  });

  test.each([
    [{}, "ada@example.com"],
    [{ name: " ", preferred_username: "ada" }, "ada"],
    [{ name: 7 }, "ada@example.com"],
    [{ name: "x".repeat(300) }, "x".repeat(limits.personNameLength)],
  ])("with %o are of %s", (fields, name) => {
    expect(readPersonClaims({ ...claims, ...fields }, rules).name).toBe(name);
  });

  test("with a letter that only looks like one of an address are of no one", () => {
    const kelvin = { ...claims, email: "\u212Aim@example.com" };
    expect(() => readPersonClaims(kelvin, rules)).toThrow("does not share your email address");
  });

  test("name groups in the configured claim: one, or some", () => {
    const groups = (value: unknown) =>
      readPersonClaims({ ...claims, "cognito:groups": value }, { ...rules, groupsClaim: "cognito:groups" })
        .groups;
    expect(groups("ops")).toEqual(["ops"]);
    expect(groups(["ops", 1, null, "", "x".repeat(256)])).toEqual(["ops"]);
    expect(groups({ ops: true })).toEqual([]);
    expect(groups(undefined)).toEqual([]);
    expect(groups(Array.from({ length: 300 }, (_, index) => `${index}`))).toHaveLength(limits.groupsOfPerson);
  });

  test.each([
    [{ sub: "" }],
    [{ sub: undefined }],
    [{ sub: "x".repeat(256) }],
    [{ iss: undefined }],
    [{ sid: 7 }],
  ])("with %o identify no one", (fields) => {
    expect(() => readPersonClaims({ ...claims, ...fields }, rules)).toThrow("without a valid subject");
  });

  test("without email_verified count only for a provider whose addresses are trusted", () => {
    const { email_verified: _, ...unsaid } = claims;
    const trusting = { ...rules, trustsEmail: true };
    expect(() => readPersonClaims(unsaid, rules)).toThrow("has not verified");
    expect(readPersonClaims(unsaid, trusting).email).toBe(claims.email);
    expect(readPersonClaims({ ...claims, email_verified: "true" }, rules).email).toBe(claims.email);
    for (const email_verified of [false, "false", "perhaps", 1])
      expect(() => readPersonClaims({ ...claims, email_verified }, trusting)).toThrow("has not verified");
  });

  test("with an address of another domain may not sign in", () => {
    const own = { ...rules, emailDomains: ["example.com"] };
    expect(readPersonClaims(claims, own).email).toBe(claims.email);
    for (const email of ["ada@example.org", "ada@sub.example.com", "ada@example.com.evil.org"])
      expect(() => readPersonClaims({ ...claims, email }, own)).toThrow("may not sign in here");
  });
});
