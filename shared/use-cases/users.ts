import { normalAddress } from "../domain/address.ts";
import { freshMethodId, type User } from "../domain/contact.ts";
import { limits } from "../domain/limits.ts";
import type { ContactMethod } from "../domain/notification.ts";
import { existing } from "./existing.ts";
import type { UserStore } from "./ports.ts";
import { refuseMore } from "./refuse-more.ts";
import { retryStale } from "./retry-stale.ts";
import { wholeAddresses } from "./whole-addresses.ts";

interface UserDeps {
  readonly users: UserStore;
}

/** @throws NotFound */
export async function findUser({ users }: UserDeps, email: string): Promise<User> {
  return existing(await users.find(email), "user", email);
}

/** @throws Invalid for a shortened address that stands for none */
export async function putUser({ users }: UserDeps, user: User): Promise<User> {
  const known = async () => (await users.find(user.email))?.contactMethods ?? [];
  const contactMethods = await wholeAddresses(user.contactMethods, "contact_methods", known);
  const whole = { ...user, contactMethods };
  await users.put(whole);
  return whole;
}

/** Who somebody is; how they are reached stays. */
export async function saveProfile(
  { users }: UserDeps,
  profile: Pick<User, "email" | "name" | "timezone">,
  now: number,
): Promise<User> {
  const known = await users.find(profile.email);
  const user = { contactMethods: [], notificationRules: [], ...known, ...profile, updatedAt: now };
  await users.put(user);
  return user;
}

/**
 * Changes what is known of somebody; what others change meanwhile stays.
 *
 * @throws NotFound
 */
export function changeUser(
  deps: UserDeps,
  email: string,
  change: (user: User) => User,
  now: number,
): Promise<User> {
  return retryStale(async () => {
    const known = await findUser(deps, email);
    // It is its version too: no two changes have the same.
    const changed = { ...change(known), updatedAt: Math.max(now, known.updatedAt + 1) };
    await deps.users.replace(known, changed);
    return changed;
  });
}

/**
 * Adds a way to reach somebody, under an id of its own.
 *
 * @throws NotFound
 * @throws Conflict when they have as many as one can
 */
export function addContactMethod(
  deps: UserDeps,
  email: string,
  method: Omit<ContactMethod, "id">,
  now: number,
): Promise<User> {
  const add = (user: User) => {
    const { contactMethods } = user;
    refuseMore(contactMethods, limits.contactMethods, `${user.name} has`);
    const id = freshMethodId(contactMethods, method.channel);
    const address = normalAddress(method.channel, method.address);
    return { ...user, contactMethods: [...contactMethods, { ...method, address, id }] };
  };
  return changeUser(deps, email, add, now);
}

/** @throws NotFound */
export async function deleteUser(deps: UserDeps, email: string): Promise<User> {
  const user = await findUser(deps, email);
  await deps.users.remove(email);
  return user;
}
