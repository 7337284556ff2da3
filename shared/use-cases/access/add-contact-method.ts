import { normalAddress } from "../../channels/address.ts";
import { freshMethodId, type User } from "../../domain/access/contact.ts";
import { limits } from "../../domain/limits.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";
import { assertBelowLimit } from "../assert-below-limit.ts";
import { changeUser } from "./change-user.ts";
import type { UserDeps } from "./store-user.ts";

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
