import type { User } from "../domain/contact.ts";
import { existing } from "./existing.ts";
import type { UserStore } from "./ports.ts";
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

/** @throws NotFound */
export async function deleteUser(deps: UserDeps, email: string): Promise<User> {
  const user = await findUser(deps, email);
  await deps.users.remove(email);
  return user;
}
