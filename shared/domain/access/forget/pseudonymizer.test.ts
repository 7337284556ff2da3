import { describe, expect, test } from "vitest";
import { isPseudonym, pseudonymOf } from "./pseudonym.ts";
import { pseudonymizer } from "./pseudonymizer.ts";

const pseudonym = pseudonymOf("Zx-9_k2Lm4Qq8");
const ada = { name: "Ada Lovelace", email: "ada@example.com" };
const replaced = <T>(value: T, names: readonly string[] = [ada.name]): T =>
  pseudonymizer(ada.email, names, pseudonym).replace(value);

test("a pseudonym has a name and an address that no message can reach", () => {
  expect(pseudonym).toEqual({ name: "Former member zx9k2lm4", email: "former-zx9k2lm4@forgotten.invalid" });
  expect(isPseudonym(pseudonym.email)).toBe(true);
  expect(isPseudonym(ada.email)).toBe(false);
});

describe("a person is replaced", () => {
  test("beside their address, in any spelling of the name", () => {
    const members = [
      { name: "A. Lovelace", email: "Ada@Example.com" },
      { name: "Bob", email: "bob@example.com" },
    ];
    expect(replaced({ layers: [{ name: "Ada Lovelace's week", members }] })).toEqual({
      layers: [{ name: `${pseudonym.name}'s week`, members: [pseudonym, members[1]] }],
    });
  });

  test.each(["Ada Lovelace", "ada lovelace", "Ada Lovelace <ada@example.com>", "A <ADA@example.com>"])(
    "as the actor %j",
    (actor) => {
      expect(replaced({ actor, acknowledgedBy: actor })).toEqual({
        actor: pseudonym.name,
        acknowledgedBy: pseudonym.name,
      });
    },
  );

  test("as an actor with their ID at the provider and the address of the request", () => {
    const traces = { subject: "00u1", ipAddress: "192.0.2.1" };
    expect(replaced({ actor: ada.email, ...traces })).toEqual({
      actor: pseudonym.email,
      subject: null,
      ipAddress: null,
    });
    const bob = { actor: "bob@example.com", ...traces };
    expect(replaced(bob)).toBe(bob);
  });

  test("as an actor with a name of one word, which stays in other texts", () => {
    const value = { actor: "Ada", title: "Ada compiler fails", author: "ada@example.com" };
    expect(replaced(value, ["Ada"])).toEqual({
      actor: pseudonym.name,
      title: "Ada compiler fails",
      author: pseudonym.email,
    });
  });

  test("in texts and paths, also percent-encoded", () => {
    expect(
      replaced({
        content: "Asked Ada Lovelace (ada@example.com).",
        path: "/api/v1/users/ada%40example.com",
        next: ["Ada Lovelace", "Bob"],
      }),
    ).toEqual({
      content: `Asked ${pseudonym.name} (${pseudonym.email}).`,
      path: `/api/v1/users/${pseudonym.email}`,
      next: [pseudonym.name, "Bob"],
    });
  });

  test("with the contact methods of their own record", () => {
    const methods = [{ id: "sms", channel: "sms", address: "+4915112345678" }];
    expect(replaced({ ...ada, contact_methods: methods })).toEqual({ ...pseudonym, contact_methods: [] });
    const bob = { name: "Bob", email: "bob@example.com", contact_methods: methods };
    expect(replaced(bob)).toBe(bob);
  });
});

test.each([
  { email: "nada@example.com", name: "Ada Lovelace-King's cat" },
  { content: "ada@example.com.au, x.ada@example.com, ada@example.community" },
  { dedupKey: "ada@example.com", service: "ada lovelace", countedAlerts: { "ada@example.com": ["1"] } },
  { matchers: [{ field: "label", op: "=", value: "ada@example.com" }] },
  { at: 1, nothing: null, list: [] },
])("%j stays the same object", (value) => {
  const kept = "name" in value ? { ...value, name: "Adam" } : value;
  expect(replaced(kept)).toBe(kept);
});

test("names that stand beside the address are learned, and replaced afterwards", () => {
  const person = pseudonymizer(ada.email, [], pseudonym);
  person.replace({ members: [{ ...ada, name: "Ada King" }] });
  expect(person.names()).toEqual(["Ada King"]);
  expect(person.replace({ actor: "Ada King", content: "by Ada King" })).toEqual({
    actor: pseudonym.name,
    content: `by ${pseudonym.name}`,
  });
});
