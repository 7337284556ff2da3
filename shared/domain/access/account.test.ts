import { describe, expect, test } from "vitest";
import { anAccount, minutes, monday } from "../../../tests/support/builders.ts";
import { limits } from "../limits.ts";
import {
  allGroupsOf,
  deactivated,
  isOpen,
  type PersonSession,
  withEndedSession,
  withEndedSessions,
} from "./account.ts";

const account = anAccount();
const session: PersonSession = {
  accountId: account.id,
  identity: { issuer: "https://id.example.com", subject: "1" },
  id: "session",
  providerSessionId: "sid",
  issuedAt: monday,
};

describe("a session", () => {
  test("is open until it, its provider's session or all sessions until then end", () => {
    expect(isOpen(account, session)).toBe(true);
    const ended = (of: "platform" | "provider", id: string) =>
      isOpen(withEndedSession(account, { of, id, endedAt: monday }), session);
    expect(ended("platform", "session")).toBe(false);
    expect(ended("provider", "sid")).toBe(false);
    expect(ended("platform", "sid")).toBe(true);
    expect(ended("provider", "session")).toBe(true);
    expect(isOpen(withEndedSessions(account, monday), session)).toBe(true);
    expect(isOpen(withEndedSessions(account, monday + 1), session)).toBe(false);
  });

  test("without an ID of the provider ends with each session that ends there later", () => {
    const unnamed = { ...session, providerSessionId: null };
    const endedAt = (at: number) => withEndedSession(account, { of: "provider", id: "other", endedAt: at });
    expect(isOpen(endedAt(monday + 1), unnamed)).toBe(false);
    expect(isOpen(endedAt(monday + 1), session)).toBe(true);
    expect(isOpen(endedAt(monday - 1), unnamed)).toBe(true);
  });

  test("is not open in another account, or in one that has become someone else's", () => {
    expect(isOpen(anAccount({ id: "acc_2" }), session)).toBe(false);
    expect(isOpen(anAccount({ identity: { issuer: "https://id.example.com", subject: "2" } }), session)).toBe(
      false,
    );
    expect(
      isOpen(anAccount({ identity: { issuer: "https://other.example.com", subject: "1" } }), session),
    ).toBe(false);
    expect(isOpen(anAccount({ identity: null }), session)).toBe(false);
  });

  test("stays over when the account is activated again", () => {
    const off = deactivated(account, monday + 1);
    expect(isOpen(off, session)).toBe(false);
    expect(isOpen({ ...off, active: true }, session)).toBe(false);
    expect(isOpen({ ...off, active: true }, { ...session, issuedAt: monday + 1 })).toBe(true);
  });
});

test("an account remembers some ended sessions, and ends all older ones instead of forgetting one", () => {
  let known = account;
  for (let count = 0; count <= limits.endedSessionsOfAccount; count += 1)
    known = withEndedSession(known, { of: "platform", id: `${count}`, endedAt: monday + count });
  expect(known.endedSessions).toHaveLength(limits.endedSessionsOfAccount);
  expect(isOpen(known, { ...session, id: "0", issuedAt: monday - 1 })).toBe(false);
  expect(isOpen(known, { ...session, id: "1", issuedAt: monday + 1 })).toBe(false);
  expect(isOpen(known, { ...session, id: "new", issuedAt: monday + 1 })).toBe(true);
  const later = withEndedSession(known, { of: "platform", id: "later", endedAt: monday + minutes(13 * 60) });
  expect(later.endedSessions.map(({ id }) => id)).toEqual(["later"]);
});

test("groups are those of SCIM and of the last sign-in, each once", () => {
  expect(allGroupsOf(anAccount({ groups: ["a", "b"], claimedGroups: ["b", "c"] }))).toEqual(["a", "b", "c"]);
});
