import type { User } from "../../domain/access/contact.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { findUser } from "./find-user.ts";
import { store, type UserDeps } from "./store-user.ts";

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
