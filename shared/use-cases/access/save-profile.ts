import type { User } from "../../domain/access/contact.ts";
import { profileBase } from "../../domain/edit-base.ts";
import { EditConflict } from "../../domain/errors.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { store, type UserDeps } from "./store-user.ts";

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
    return store(users, { ...noContacts, ...known, ...profile }, known, now);
  });
}

const noContacts = { contactMethods: [], notificationRules: [], lowUrgencyRules: [] } as const;

function profileConflict({ name, timezone }: User, base: string): EditConflict {
  return base === ""
    ? new EditConflict("email", `belongs to ${name}, who is already listed: edit them on their page`)
    : new EditConflict(
        "name",
        `was saved by someone else as ${name}, ${timezone}: save again to overwrite that`,
      );
}
