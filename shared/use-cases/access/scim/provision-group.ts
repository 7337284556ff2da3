import type { ScimGroup, ScimGroupAttributes } from "../../../domain/access/scim/scim-group.ts";
import { AlreadyExists, Invalid } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { canonicalJson } from "../../../domain/json-object.ts";
import { required } from "../../required.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { guardAdministrators } from "../guard-administrators.ts";
import { changeGroups, type ScimDeps } from "./provision-user.ts";

/** Accounts that are changed at the same time. */
const atOnce = 20;

/** Creates a group, then gives it to the accounts of its members. @throws AlreadyExists, or Invalid for unknown members */
export async function createScimGroup(
  deps: ScimDeps,
  attributes: ScimGroupAttributes,
  now: number,
): Promise<ScimGroup> {
  await assertFreeName(deps, attributes.displayName);
  const times = { createdAt: now, updatedAt: now };
  const group = { ...attributes, ...times, id: idPrefixes.scimGroup + deps.ulid(now), version: 0 };
  await assertKnown(deps, group.members);
  await deps.scimGroups.create(group);
  await addToMembers(deps, group, now);
  return group;
}

/**
 * Changes a group. Members that leave lose it before the group is saved, and members that it has get it afterwards, so that
 * a repeat after a crash completes both.
 *
 * @param change returns all attributes that the provider sets
 * @throws NotFound, AlreadyExists if the new name is taken, or Invalid for unknown members
 * @throws Conflict before anything is changed, if nobody could administer the platform afterwards
 */
export function changeScimGroup(
  deps: ScimDeps,
  id: string,
  change: (known: ScimGroup) => ScimGroupAttributes,
  now: number,
): Promise<ScimGroup> {
  return retryOnConflict(async () => {
    const known = await findScimGroup(deps, id);
    const { createdAt, updatedAt, version } = known;
    const next: ScimGroup = { ...change(known), ...{ id, createdAt, updatedAt, version } };
    if (known.displayName.toLowerCase() !== next.displayName.toLowerCase())
      await assertFreeName(deps, next.displayName);
    await assertKnown(
      deps,
      next.members.filter((member) => !known.members.includes(member)),
    );
    const leaving = known.members.filter((member) => !next.members.includes(member));
    await assertAdministered(deps, known, next, now);
    await removeFromMembers(deps, id, leaving, now);
    const saved =
      canonicalJson(known) === canonicalJson(next)
        ? known
        : await deps.scimGroups.replace(known, { ...next, updatedAt: now });
    await addToMembers(deps, saved, now);
    return saved;
  });
}

/**
 * Takes the group from the accounts of its members, then deletes it.
 *
 * @throws NotFound
 * @throws Conflict before anything is changed, if nobody could administer the platform afterwards
 */
export async function deleteScimGroup(deps: ScimDeps, id: string, now: number): Promise<void> {
  await retryOnConflict(async () => {
    const known = await findScimGroup(deps, id);
    await assertAdministered(deps, known, { ...known, members: [] }, now);
    await removeFromMembers(deps, id, known.members, now);
    await deps.scimGroups.remove(known);
  });
}

/** @throws NotFound */
export async function findScimGroup({ scimGroups }: ScimDeps, id: string): Promise<ScimGroup> {
  return required(await scimGroups.find(id), "group", id);
}

/** Changes only members who don't have the group under this name. */
async function addToMembers(
  deps: ScimDeps,
  { id, displayName: name, members }: ScimGroup,
  now: number,
): Promise<void> {
  const users = await deps.scimUsers.findAll(members);
  const lacking = users.filter(
    ({ groups }) => !groups.some((group) => group.id === id && group.name === name),
  );
  await forEachAtOnce(lacking, (user) =>
    changeGroups(
      deps,
      user.id,
      (groups) => [...groups.filter((group) => group.id !== id), { id, name }],
      now,
    ),
  );
}

async function removeFromMembers(
  deps: ScimDeps,
  groupId: string,
  members: readonly string[],
  now: number,
): Promise<void> {
  await forEachAtOnce(members, (member) =>
    changeGroups(deps, member, (groups) => groups.filter(({ id }) => id !== groupId), now),
  );
}

/**
 * Requires that someone can administer the platform after all members have changed. Each of them is guarded too, but the
 * last one would be rejected after the others have changed.
 */
async function assertAdministered(
  deps: ScimDeps,
  known: ScimGroup,
  next: ScimGroup,
  now: number,
): Promise<void> {
  const isRenamed = known.displayName !== next.displayName;
  const staying = new Set(next.members);
  const changing = known.members.filter((member) => isRenamed || !staying.has(member));
  if (changing.length === 0) return;
  const users = await deps.scimUsers.findAll(changing);
  const nextNames = new Map(
    users.flatMap(({ id, accountId }) =>
      accountId === null ? [] : [[accountId, staying.has(id) ? next.displayName : null] as const],
    ),
  );
  await guardAdministrators(deps, { group: known.displayName, nextNames }, now);
}

async function forEachAtOnce<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<void> {
  for (let first = 0; first < items.length; first += atOnce)
    await Promise.all(items.slice(first, first + atOnce).map(act));
}

async function assertFreeName({ scimGroups }: ScimDeps, name: string): Promise<void> {
  if (await scimGroups.findByName(name))
    throw new AlreadyExists(`The group ${JSON.stringify(name)} already exists`);
}

async function assertKnown({ scimUsers }: ScimDeps, members: readonly string[]): Promise<void> {
  const found = new Set((await scimUsers.findAll(members)).map(({ id }) => id));
  const unknown = members.find((member) => !found.has(member));
  if (unknown !== undefined)
    throw new Invalid([{ path: "members", message: `${JSON.stringify(unknown)} is not the ID of a user` }]);
}
