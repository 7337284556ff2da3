import type { ScimGroup } from "../../../domain/access/scim/scim-group.ts";
import {
  emailOfUser,
  type GroupReference,
  type ScimUser,
  type ScimUserAttributes,
} from "../../../domain/access/scim/scim-user.ts";
import { AlreadyExists } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { canonicalJson } from "../../../domain/json-object.ts";
import type { ScimStore } from "../../ports/scim.ts";
import { required } from "../../required.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { type ApplyToAccountDeps, applyToAccount } from "./apply-to-account.ts";

export interface ScimDeps extends ApplyToAccountDeps {
  readonly scimUsers: ScimStore<ScimUser>;
  readonly scimGroups: ScimStore<ScimGroup>;
}

/** Creates a user and their account. The account comes first, so that a repeat after a crash completes it. @throws AlreadyExists */
export async function createScimUser(
  deps: ScimDeps,
  attributes: ScimUserAttributes,
  now: number,
): Promise<ScimUser> {
  await assertFree(deps, attributes);
  const times = { createdAt: now, updatedAt: now };
  const draft: ScimUser = {
    ...attributes,
    ...times,
    active: attributes.active ?? true,
    id: idPrefixes.scimUser + deps.ulid(now),
    groups: [],
    accountId: null,
    version: 0,
  };
  const user = { ...draft, accountId: await retryOnConflict(() => applyToAccount(deps, draft, now)) };
  await deps.scimUsers.create(user);
  return user;
}

/**
 * Changes a user and their account.
 *
 * @param change returns all attributes that the provider sets
 * @throws NotFound, or AlreadyExists if the new user name is taken
 */
export function changeScimUser(
  deps: ScimDeps,
  id: string,
  change: (known: ScimUser) => ScimUserAttributes,
  now: number,
): Promise<ScimUser> {
  return retryOnConflict(async () => {
    const known = await findScimUser(deps, id);
    const { groups, accountId, createdAt, updatedAt, version } = known;
    const attributes = change(known);
    const next: ScimUser = {
      ...attributes,
      active: attributes.active ?? known.active,
      ...{ id, groups, accountId, createdAt, updatedAt, version },
    };
    await assertFree(deps, next, id);
    return saveUser(deps, known, next, now);
  });
}

/** Changes a user's groups and their account's. Does nothing for a user who was deleted. */
export function changeGroups(
  deps: ScimDeps,
  id: string,
  change: (groups: readonly GroupReference[]) => readonly GroupReference[],
  now: number,
): Promise<unknown> {
  return retryOnConflict(async () => {
    const known = await deps.scimUsers.find(id);
    if (known) await saveUser(deps, known, { ...known, groups: change(known.groups) }, now);
  });
}

/** Saves the account first, so that a repeat after a crash saves both. @throws StaleVersion */
async function saveUser(deps: ScimDeps, known: ScimUser, wanted: ScimUser, now: number): Promise<ScimUser> {
  const next = { ...wanted, accountId: await applyToAccount(deps, wanted, now) };
  if (canonicalJson(known) === canonicalJson(next)) return known;
  return deps.scimUsers.replace(known, { ...next, updatedAt: now });
}

/** Deactivates the account and removes the user, also from their groups. @throws NotFound */
export async function deleteScimUser(deps: ScimDeps, id: string, now: number): Promise<void> {
  await retryOnConflict(async () => {
    const known = await findScimUser(deps, id);
    await applyToAccount(deps, { ...known, active: false, groups: [] }, now);
    for (const group of known.groups) await removeMember(deps, group.id, id, now);
    await deps.scimUsers.remove(known);
  });
}

/** @throws StaleVersion */
async function removeMember(
  { scimGroups }: ScimDeps,
  groupId: string,
  userId: string,
  now: number,
): Promise<void> {
  const group = await scimGroups.find(groupId);
  if (!group?.members.includes(userId)) return;
  const members = group.members.filter((member) => member !== userId);
  await scimGroups.replace(group, { ...group, members, updatedAt: now });
}

/** @throws NotFound */
export async function findScimUser({ scimUsers }: ScimDeps, id: string): Promise<ScimUser> {
  return required(await scimUsers.find(id), "user", id);
}

/** @throws AlreadyExists if another user has the user name or the address */
async function assertFree(
  { scimUsers }: ScimDeps,
  attributes: ScimUserAttributes,
  id?: string,
): Promise<void> {
  const { userName } = attributes;
  const email = emailOfUser(attributes);
  const named = await scimUsers.findByName(userName);
  const addressed = email === null ? undefined : await scimUsers.findByEmail(email);
  if (named && named.id !== id)
    throw new AlreadyExists(`The user ${JSON.stringify(userName)} already exists`);
  if (addressed && addressed.id !== id)
    throw new AlreadyExists(`The user ${JSON.stringify(addressed.userName)} has the address ${email}`);
}
