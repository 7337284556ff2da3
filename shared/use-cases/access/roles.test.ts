import { beforeEach, describe, expect, test } from "vitest";
import { anAccount, anApiKey, monday } from "../../../tests/support/builders.ts";
import { administratorDeps } from "../../../tests/support/memory/administrators.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import type { Account } from "../../domain/access/account.ts";
import type { RoleAssignment } from "../../domain/access/roles.ts";
import { Conflict } from "../../domain/errors.ts";
import { apiKeyStore } from "../../storage/access/api-key-store.ts";
import type { Table } from "../../storage/table.ts";
import { putRoles } from "./put-roles.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { loadRoleDirectory } from "./role-directory.ts";

let table: Table;
beforeEach(() => {
  table = memoryTable(() => monday);
});

const admin = { role: "admin", email: "ada@example.com" } as const;
const viewer = { role: "viewer", email: "ada@example.com" } as const;
const group = { role: "admin", group: "sre" } as const;

const depsOf = (options?: Parameters<typeof administratorDeps>[1]) => administratorDeps(table, options);

/** Creates an account, which a role makes an administrator. */
const anAccountOf = (fields: Partial<Account> = {}) =>
  depsOf().accounts.create(anAccount({ claimedGroups: ["sre"], ...fields }));

test("the directory has the roles of all teams, and those in all teams", async () => {
  const deps = depsOf({ fixed: true });
  await putRoles(deps, null, [viewer], monday);
  await putRoles(deps, "db", [{ role: "manager", group: "dba" }], monday);
  await putRoles(deps, "db", [{ role: "responder", group: "dba" }], monday);
  const settings = { admins: ["boss@example.com"], defaultRole: "viewer" } as const;
  expect(await loadRoleDirectory({ ...deps, ...settings })).toEqual({
    platform: [viewer],
    teams: new Map([["db", [{ role: "responder", group: "dba" }]]]),
    ...settings,
  });
});

test("roles that two people change at once are those of one of them", async () => {
  const deps = depsOf({ fixed: true });
  await Promise.all([putRoles(deps, "db", [viewer], monday), putRoles(deps, "db", [], monday)]);
  expect([0, 1]).toContain((await deps.roles.find("db")).assignments.length);
  expect((await deps.roles.find("db")).version).toBe(2);
});

describe("roles without an administrator", () => {
  const put = (roles: readonly RoleAssignment[], options: Parameters<typeof depsOf>[0] = {}) =>
    putRoles(depsOf(options), null, roles, monday);

  test("are refused if there is no other administrator", async () => {
    await anAccountOf();
    await put([admin]);
    await expect(put([viewer])).rejects.toThrow(Conflict);
    expect((await depsOf().roles.find(null)).assignments).toEqual([admin]);
  });

  test("are accepted with a setting that makes an administrator, and with an admin key", async () => {
    await put([viewer], { fixed: true });
    await apiKeyStore(table).create(anApiKey({ scopes: ["admin"] }));
    await put([]);
  });

  test("are accepted while ADMIN_EMAILS name an active person", async () => {
    const options = { adminEmails: ["ada@example.com"] };
    await expect(put([], options)).rejects.toThrow(Conflict);
    await anAccountOf();
    await put([], options);
  });

  test.each([
    ["revoked", { revokedAt: monday }],
    ["expired", { validUntil: monday }],
    ["of another scope", { scopes: ["write"] }],
  ] as const)("are refused if the only admin key is %s", async (_, fields) => {
    await apiKeyStore(table).create(anApiKey({ scopes: ["admin"], ...fields }));
    await expect(put([])).rejects.toThrow(Conflict);
  });

  test.each([
    ["an address without an account", {}, admin, undefined],
    ["a deactivated person", {}, admin, { active: false }],
    ["a group without a member", {}, group, { claimedGroups: [] }],
    ["a group whose only member is deactivated", {}, group, { active: false }],
  ] as const)("are those that name only %s", async (_, options, role, account) => {
    if (account) await anAccountOf(account);
    await expect(put([role], options)).rejects.toThrow("no other active person with an account");
  });

  test("are not those of a group with an active member", async () => {
    await anAccountOf();
    await put([group]);
  });

  test("are all of them where people cannot sign in", async () => {
    await expect(put([admin], { signIn: false })).rejects.toThrow(Conflict);
  });

  test("in a team are accepted", async () => {
    await putRoles(depsOf(), "db", [], monday);
  });
});

describe("the last admin key", () => {
  beforeEach(() => apiKeyStore(table).create(anApiKey({ id: "key_1", scopes: ["admin"] })));

  test("stays, unless people can administer", async () => {
    await expect(revokeApiKey(depsOf(), "key_1", monday)).rejects.toThrow(Conflict);
    expect(await depsOf().apiKeys.find("key_1")).toMatchObject({ revokedAt: null });
    await anAccountOf();
    await putRoles(depsOf(), null, [admin], monday);
    await revokeApiKey(depsOf(), "key_1", monday);
  });

  test("can be revoked while another one is valid", async () => {
    await apiKeyStore(table).create(anApiKey({ id: "key_2", keyDigest: "other", scopes: ["admin"] }));
    await revokeApiKey(depsOf(), "key_1", monday);
    await expect(revokeApiKey(depsOf(), "key_2", monday)).rejects.toThrow(Conflict);
  });
});
