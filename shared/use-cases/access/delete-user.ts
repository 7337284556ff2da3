import type { User } from "../../domain/access/contact.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { findUser } from "./find-user.ts";
import type { UserDeps } from "./store-user.ts";

/** @throws NotFound */
export function deleteUser(deps: UserDeps, email: string): Promise<User> {
  return retryOnConflict(async () => {
    const user = await findUser(deps, email);
    await deps.users.remove(user);
    return user;
  });
}
