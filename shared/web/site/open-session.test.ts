import { beforeEach, expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { sha256 } from "../../crypto/sha256.ts";
import type { AccessEvent } from "../../domain/access/audit.ts";
import { Unauthenticated } from "../../http/errors.ts";
import { closeSession, openSession } from "./open-session.ts";

const key = "the key of ops";
const recorded: AccessEvent[] = [];
const ended: string[] = [];
const deps = {
  access: {
    keysRequired: true,
    apiKeys: [{ name: "ops", scopes: ["read"] as const, teams: null, sha256: sha256(key) }],
    hosts: [],
    corsOrigins: [],
  },
  secrets: ["a secret that signs"],
  makeSecret: () => "nonce",
  endSession: async (session: string) => void ended.push(session),
  endPersonSession: async () => undefined,
  recordAccess: async (event: AccessEvent) => recorded.push(event) > 0,
};
beforeEach(() => {
  recorded.length = 0;
  ended.length = 0;
});

test("a sign-in with an API key and its end are recorded", async () => {
  const cookie = await openSession(deps, key, new Headers(), monday);
  await closeSession(deps, new Headers({ cookie: cookie.split(";")[0] ?? "" }), monday + 1);
  expect(ended).toHaveLength(1);
  const ops = {
    resource: "session",
    resourceId: "ops",
    by: { actor: "ops", actorKind: "key", subject: null },
  };
  expect(recorded).toMatchObject([
    { ...ops, event: "sign_in", after: { method: "api_key" } },
    { ...ops, event: "sign_out", after: null },
  ]);
});

test("without a valid key or session, nothing is recorded", async () => {
  await expect(openSession(deps, "guessed", new Headers(), monday)).rejects.toThrow(Unauthenticated);
  await closeSession(deps, new Headers(), monday);
  await closeSession(deps, new Headers({ cookie: "session=forged" }), monday);
  expect([recorded, ended]).toEqual([[], []]);
});
