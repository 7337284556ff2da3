import { normalAddress } from "../../channels/address.ts";
import { freshMethodId, type User } from "../../domain/access/contact.ts";
import { profileBase } from "../../domain/edit-base.ts";
import { EditConflict } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";
import { assertBelowLimit } from "../assert-below-limit.ts";
import type { UserStore } from "../ports/access.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { restoreRedactedAddresses } from "./restore-redacted-addresses.ts";

interface UserDeps {
  readonly users: UserStore;
}

/** @throws NotFound */
export async function findUser({ users }: UserDeps, email: string): Promise<User> {
  return required(await users.find(email), "user", email);
}

/** @throws Invalid for a redacted address that matches no stored one */
export function putUser({ users }: UserDeps, user: User): Promise<User> {
  return retryOnConflict(async () => {
    const known = await users.find(user.email);
    const methods = async () => known?.contactMethods ?? [];
    const contactMethods = await restoreRedactedAddresses(user.contactMethods, "contact_methods", methods);
    return store(users, { ...user, contactMethods }, known, user.updatedAt);
  });
}

/**
 * Stores a user's profile. Contact methods and rules stay unchanged.
 *
 * @param base version of the form's data, from `profileBase`; empty for a new user
 * @throws EditConflict if someone else saved the user since
 */
export function saveProfile(
  { users }: UserDeps,
  profile: Pick<User, "email" | "name" | "timezone">,
  base: string,
  now: number,
): Promise<User> {
  return retryOnConflict(async () => {
    const known = await users.find(profile.email);
    const bases = [base, profileBase(profile)];
    if (known && !bases.includes(profileBase(known))) throw profileConflict(known, base);
    return store(users, { contactMethods: [], notificationRules: [], ...known, ...profile }, known, now);
  });
}

function profileConflict({ name, timezone }: User, base: string): EditConflict {
  return base === ""
    ? new EditConflict("email", `belongs to ${name}, who is already listed: edit them on their page`)
    : new EditConflict(
        "name",
        `was saved by someone else as ${name}, ${timezone}: save again to overwrite that`,
      );
}

/** Replaces a stored user. The time of the change serves as the version, so it always increases. */
async function store(
  users: UserStore,
  user: Omit<User, "updatedAt">,
  known: User | undefined,
  now: number,
): Promise<User> {
  const stored = { ...user, updatedAt: Math.max(now, (known?.updatedAt ?? 0) + 1) };
  await users.put(stored, known);
  return stored;
}

/**
 * Changes a user and retries if the user changes concurrently.
 *
 * @throws NotFound
 */
export function changeUser(
  deps: UserDeps,
  email: string,
  change: (user: User) => User,
  now: number,
): Promise<User> {
  return retryOnConflict(async () => {
    const known = await findUser(deps, email);
    return store(deps.users, change(known), known, now);
  });
}

/**
 * Adds a contact method with a generated ID.
 *
 * @throws NotFound
 * @throws Conflict if the user has the maximum number
 */
export function addContactMethod(
  deps: UserDeps,
  email: string,
  method: Omit<ContactMethod, "id">,
  now: number,
): Promise<User> {
  const add = (user: User) => {
    const { contactMethods } = user;
    assertBelowLimit(contactMethods, limits.contactMethods, user.name, "contact methods");
    const id = freshMethodId(contactMethods, method.channel);
    const address = normalAddress(method.channel, method.address);
    return { ...user, contactMethods: [...contactMethods, { ...method, address, id }] };
  };
  return changeUser(deps, email, add, now);
}

/** @throws NotFound */
export function deleteUser(deps: UserDeps, email: string): Promise<User> {
  return retryOnConflict(async () => {
    const user = await findUser(deps, email);
    await deps.users.remove(user);
    return user;
  });
}
