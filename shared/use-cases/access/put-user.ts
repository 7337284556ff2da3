import type { User } from "../../domain/access/contact.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { restoreRedactedAddresses } from "./restore-redacted-addresses.ts";
import { store, type UserDeps } from "./store-user.ts";

/** @throws Invalid for a redacted address that matches no stored one */
export function putUser({ users }: UserDeps, user: User): Promise<User> {
  return retryOnConflict(async () => {
    const known = await users.find(user.email);
    const methods = async () => known?.contactMethods ?? [];
    const contactMethods = await restoreRedactedAddresses(user.contactMethods, "contact_methods", methods);
    return store(users, { ...user, contactMethods }, known, user.updatedAt);
  });
}
