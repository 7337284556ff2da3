import { expect, test } from "vitest";
import { ada, anApiKey, aUser, minutes, monday } from "../../../../tests/support/builders.ts";
import { memoryTable } from "../../../../tests/support/memory/memory-table.ts";
import { testSystem } from "../../../../tests/support/memory/system.ts";
import { apiKeyStore } from "../../../storage/access/api-key-store.ts";
import { roleStore } from "../../../storage/access/role-store.ts";
import { apiKeyCache } from "../api-key-cache.ts";
import { announceBreakGlassUses } from "./announce-uses.ts";

function setUp(admins: readonly string[] = []) {
  const system = testSystem();
  const table = memoryTable(system.now);
  const apiKeys = apiKeyStore(table);
  const roles = roleStore(table);
  const { deps } = system;
  return {
    ...system,
    apiKeys,
    roles,
    /** Uses a key in a new execution environment. */
    use: (digest: string) => apiKeyCache({ apiKeys, clock: system.now, log: deps.log })(digest),
    async announced() {
      await announceBreakGlassUses({ ...deps, apiKeys, roles, admins });
      const { items } = await system.seen.notifications.list({}, { limit: 200, after: null });
      return items.map(({ recipient, message }) => `${recipient}: ${message}`).toSorted();
    },
  };
}

const emergency = anApiKey({ id: "key_1", name: "emergency", keyDigest: "digest", breakGlass: true });

test("all administrators are notified of the use of a break-glass key, at most once an hour", async () => {
  const { apiKeys, roles, seen, use, announced, advance } = setUp(["boss@example.com"]);
  await apiKeys.create(emergency);
  await seen.users.put(aUser());
  const admin = { role: "admin", email: ada.email } as const;
  const others = [
    { role: "admin", group: "sre" },
    { role: "manager", email: "bob@example.com" },
  ] as const;
  await roles.replace(await roles.find(null), { team: null, assignments: [admin, ...others], version: 0 });
  await use("digest");
  await use("digest");
  const notices = await announced();
  expect(notices).toEqual([expect.stringContaining(ada.email), expect.stringContaining("boss@example.com")]);
  for (const notice of notices) expect(notice).toContain('The break-glass key "emergency" was used at 2026-');
  expect(await announced()).toHaveLength(2);
  advance(minutes(60));
  await use("digest");
  expect(await announced()).toHaveLength(4);
});

test("the fallback address is notified if there is no administrator with an email", async () => {
  const { apiKeys, use, announced } = setUp();
  await apiKeys.create(emergency);
  await apiKeys.create(anApiKey({ id: "key_2", keyDigest: "usual" }));
  await use("usual");
  expect(await announced()).toEqual([]);
  await use("digest");
  expect(await announced()).toEqual([expect.stringContaining("fallback@example.com: The break-glass key")]);
});

test("a use that can't be recorded is recorded with the next request", async () => {
  const { apiKeys, deps, now } = setUp();
  await apiKeys.create(emergency);
  let fails = true;
  const find = apiKeyCache({
    apiKeys: {
      ...apiKeys,
      async recordUse(...use) {
        if (fails) throw new Error("The table is away");
        await apiKeys.recordUse(...use);
      },
    },
    clock: now,
    log: deps.log,
  });
  await find("digest");
  fails = false;
  await find("digest");
  expect(await apiKeys.usesToAnnounce()).toEqual([{ keyId: "key_1", at: monday, breakGlass: "emergency" }]);
});
