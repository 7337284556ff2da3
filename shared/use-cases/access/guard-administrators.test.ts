import { describe, expect, test } from "vitest";
import { anApiKey, countingUlids, monday } from "../../../tests/support/builders.ts";
import { administratorDeps } from "../../../tests/support/memory/administrators.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { isAdministrator } from "../../domain/access/administrator.ts";
import { isValid } from "../../domain/access/api-key.ts";
import { Conflict } from "../../domain/errors.ts";
import { scimGroupStore, scimUserStore } from "../../storage/access/scim-store.ts";
import { userStore } from "../../storage/access/user-store.ts";
import { keys } from "../../storage/keys.ts";
import type { Table } from "../../storage/table.ts";
import { putRoles, removeRole } from "./put-roles.ts";
import { revokeApiKey } from "./revoke-api-key.ts";
import { changeScimGroup, createScimGroup, deleteScimGroup } from "./scim/provision-group.ts";
import { changeScimUser, createScimUser, deleteScimUser } from "./scim/provision-user.ts";

const ada = "ada@example.com";
const bob = "bob@example.com";

/** An administrator by her email, one by his group, and an admin key. */
async function aPlatform() {
  const memory = memoryTable(() => monday);
  const interruption: { run?: () => Promise<unknown> } = {};
  const table: Table = {
    ...memory,
    async transact(writes) {
      const { run } = interruption;
      const isGuarded = writes.some(
        (write) => "item" in write && write.item.pk === keys.administratorGuard().pk,
      );
      if (isGuarded) delete interruption.run;
      if (isGuarded) await run?.();
      await memory.transact(writes);
    },
  };
  const deps = {
    ...administratorDeps(table),
    users: userStore(table),
    scimUsers: scimUserStore(table),
    scimGroups: scimGroupStore(table),
    ulid: countingUlids(),
  };
  const attributesOf = (email: string) => ({ userName: email, emails: [{ value: email, primary: true }] });
  const create = (email: string) => createScimUser(deps, attributesOf(email), monday);
  const [adaId, bobId] = [(await create(ada)).id, (await create(bob)).id];
  const sre = { displayName: "sre", members: [bobId] };
  const { id: groupId } = await createScimGroup(deps, sre, monday);
  await deps.apiKeys.create(anApiKey({ id: "key_1", scopes: ["admin"] }));
  const roles = [{ role: "admin", email: ada } as const, { role: "admin", group: "sre" } as const];
  await putRoles(deps, null, roles, monday);
  const deactivate = (id: string) =>
    changeScimUser(deps, id, (known) => ({ ...known, active: false }), monday);

  /** Changes by what they take the right to administer from. */
  const changes: Readonly<Record<"ada" | "bob" | "key", Readonly<Record<string, () => Promise<unknown>>>>> = {
    ada: {
      "takes the role of Ada": () => removeRole(deps, null, { email: ada }, monday),
      "deactivates Ada": () => deactivate(adaId),
      "changes the address of Ada": () =>
        changeScimUser(deps, adaId, (known) => ({ ...known, ...attributesOf("eve@example.com") }), monday),
    },
    bob: {
      "takes the role of Bob's group": () => removeRole(deps, null, { group: "sre" }, monday),
      "deactivates Bob": () => deactivate(bobId),
      "deletes Bob": () => deleteScimUser(deps, bobId, monday),
      "takes Bob out of the group": () =>
        changeScimGroup(deps, groupId, (known) => ({ ...known, members: [] }), monday),
    },
    key: { "revokes the key": () => revokeApiKey(deps, "key_1", monday) },
  };

  return {
    deps,
    create,
    changes,
    groupId,
    interrupt: (run: () => Promise<unknown>) => {
      interruption.run = run;
    },
    async administrators(): Promise<number> {
      const { items: accounts } = await deps.accounts.list({ limit: 50, after: null });
      const { items: keys } = await deps.apiKeys.list({ limit: 50, after: null });
      const { assignments } = await deps.roles.find(null);
      const people = accounts.filter((each) => isAdministrator(each, { adminEmails: [], assignments }));
      return people.length + keys.filter((key) => isValid(key, monday)).length;
    },
  };
}

const { changes } = await aPlatform();
const kinds = Object.entries(changes).flatMap(([of, each]) =>
  Object.keys(each).map((name) => ({ of, name })),
);
const pairs = kinds.flatMap((first) =>
  kinds
    .filter(({ of }) => of !== first.of)
    .map((second) => ({ first, second, third: thirdOf(first.of, second.of) })),
);

/** Returns a change of the remaining administrator, which is made first. */
function thirdOf(one: string, other: string) {
  const found = kinds.find(({ of }) => of !== one && of !== other);
  if (!found) throw new Error("Nobody is left");
  return found;
}

describe.each(pairs)("a change that $first.name", ({ first, second, third }) => {
  test(`is rejected, or makes one that ${second.name} fail, so that an administrator remains`, async () => {
    const platform = await aPlatform();
    const run = ({ of, name }: (typeof kinds)[number]) =>
      platform.changes[of as "ada"][name]?.().then(
        () => "done",
        (error) => (error instanceof Conflict ? "refused" : Promise.reject(error)),
      ) ?? Promise.reject(new Error(name));
    expect(await run(third)).toBe("done");
    expect(await platform.administrators()).toBe(2);
    const outcomes: string[] = [];
    platform.interrupt(async () => void outcomes.push(await run(second)));
    outcomes.push(await run(first));
    expect(outcomes.toSorted()).toEqual(["done", "refused"]);
    expect(await platform.administrators()).toBe(1);
  });
});

test("people who leave a group without a role do not wait for each other", async () => {
  const { deps, create } = await aPlatform();
  const eve = await create("eve@example.com");
  const before = await deps.administratorGuard.load();
  const { id } = await createScimGroup(deps, { displayName: "tea", members: [eve.id] }, monday);
  await changeScimGroup(deps, id, (known) => ({ ...known, members: [] }), monday);
  expect((await deps.accounts.findByEmail("eve@example.com"))?.groups).toEqual([]);
  expect(await deps.administratorGuard.load()).toEqual(before);
});

describe("a group that is the only administrator", () => {
  /** Bob and Eve are administrators by their group, and nobody else is one. */
  async function aGroupOfAdministrators() {
    const platform = await aPlatform();
    const eve = await platform.create("eve@example.com");
    const { groupId, deps } = platform;
    await changeScimGroup(
      deps,
      groupId,
      (known) => ({ ...known, members: [...known.members, eve.id] }),
      monday,
    );
    await platform.changes.key["revokes the key"]?.();
    await platform.changes.ada["takes the role of Ada"]?.();
    const state = async () => ({
      group: await deps.scimGroups.find(groupId),
      accounts: (await deps.accounts.list({ limit: 50, after: null })).items,
      users: await deps.scimUsers.findAll((await deps.scimGroups.find(groupId))?.members ?? []),
    });
    return { ...platform, state };
  }

  test.each<[string, (platform: Awaited<ReturnType<typeof aGroupOfAdministrators>>) => Promise<unknown>]>([
    [
      "renamed",
      ({ deps, groupId }) =>
        changeScimGroup(deps, groupId, (known) => ({ ...known, displayName: "ops" }), monday),
    ],
    [
      "emptied",
      ({ deps, groupId }) => changeScimGroup(deps, groupId, (known) => ({ ...known, members: [] }), monday),
    ],
    ["deleted", ({ deps, groupId }) => deleteScimGroup(deps, groupId, monday)],
  ])("cannot be %s, and nothing of that is done", async (_, change) => {
    const platform = await aGroupOfAdministrators();
    const before = await platform.state();
    await expect(change(platform)).rejects.toThrow(Conflict);
    expect(await platform.state()).toEqual(before);
    expect(await platform.administrators()).toBe(2);
  });

  test("can be renamed if the new name has the role too", async () => {
    const { deps, groupId, administrators } = await aGroupOfAdministrators();
    const roles = [{ role: "admin", group: "sre" } as const, { role: "admin", group: "ops" } as const];
    await putRoles(deps, null, roles, monday);
    await changeScimGroup(deps, groupId, (known) => ({ ...known, displayName: "ops" }), monday);
    expect(await administrators()).toBe(2);
  });
});

describe("a group that becomes the only administrator while its last member leaves it", () => {
  const tea = { role: "admin", group: "tea" } as const;

  /** Ada is the only administrator, and Eve the only member of a group without a role. */
  async function aGroupWithoutRole() {
    const platform = await aPlatform();
    const { deps, changes, create } = platform;
    const eve = await create("eve@example.com");
    const { id } = await createScimGroup(deps, { displayName: "tea", members: [eve.id] }, monday);
    await changes.key["revokes the key"]?.();
    await changes.bob["takes the role of Bob's group"]?.();
    const leave = () => changeScimGroup(deps, id, (known) => ({ ...known, members: [] }), monday);
    return { ...platform, leave };
  }

  test("does not replace the administrator before it has the role", async () => {
    const { deps, interrupt, leave, administrators } = await aGroupWithoutRole();
    interrupt(leave);
    await expect(putRoles(deps, null, [tea], monday)).rejects.toThrow(Conflict);
    expect(await administrators()).toBe(1);
  });

  test("keeps the member, or the administrator, once it has the role", async () => {
    const { deps, interrupt, leave, administrators } = await aGroupWithoutRole();
    await putRoles(deps, null, [{ role: "admin", email: ada }, tea], monday);
    interrupt(leave);
    await expect(putRoles(deps, null, [tea], monday)).rejects.toThrow(Conflict);
    expect(await administrators()).toBe(1);
  });
});
