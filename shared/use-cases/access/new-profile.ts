import type { User } from "../../domain/access/contact.ts";
import type { UserStore } from "../ports/access.ts";

/**
 * Returns the profile of a new user: that of their former address if they had one, so that they are reached in the same way
 * once their shifts are moved. The record of the former address stays, because shifts may still name it.
 */
export async function newProfile(
  users: Pick<UserStore, "find">,
  formerEmail: string | null,
): Promise<Omit<User, "email" | "name" | "updatedAt">> {
  const former = formerEmail === null ? undefined : await users.find(formerEmail);
  if (!former) return { timezone: "UTC", contactMethods: [], notificationRules: [], lowUrgencyRules: [] };
  const { email: _, name: __, updatedAt: ___, ...profile } = former;
  return profile;
}
