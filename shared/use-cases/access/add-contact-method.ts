import { normalAddress } from "../../channels/address.ts";
import {
  assertNotListed,
  freshMethodId,
  type PersonalMethod,
  type User,
} from "../../domain/access/contact.ts";
import { limits } from "../../domain/limits.ts";
import { assertBelowLimit } from "../assert-below-limit.ts";
import { changeUser } from "./change-user.ts";
import type { UserDeps } from "./store-user.ts";

/**
 * Adds a contact method with a generated ID.
 *
 * @throws NotFound
 * @throws Conflict if the user has the maximum number
 * @throws Invalid if the user has the same contact method
 */
export function addContactMethod(
  deps: UserDeps,
  email: string,
  method: Omit<PersonalMethod, "id">,
  now: number,
): Promise<User> {
  const add = (user: User) => {
    const { contactMethods } = user;
    assertBelowLimit(contactMethods, limits.contactMethods, user.name, "contact methods");
    const added = { ...method, address: normalAddress(method.channel, method.address) };
    assertNotListed(contactMethods, added);
    const id = freshMethodId(contactMethods, method.channel);
    return { ...user, contactMethods: [...contactMethods, { ...added, id }] };
  };
  return changeUser(deps, email, add, now);
}
