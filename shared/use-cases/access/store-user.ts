import { type User, withKnownVerification } from "../../domain/access/contact.ts";
import type { UserStore } from "../ports/access.ts";

export interface UserDeps {
  readonly users: UserStore;
}

/**
 * Replaces a stored user. Unchanged contact methods stay verified. The time of the change serves as the version, so it
 * always increases.
 */
export async function store(
  users: Pick<UserStore, "put">,
  user: Omit<User, "updatedAt">,
  known: User | undefined,
  now: number,
): Promise<User> {
  const contactMethods = withKnownVerification(user.contactMethods, known?.contactMethods ?? []);
  const stored = { ...user, contactMethods, updatedAt: Math.max(now, (known?.updatedAt ?? 0) + 1) };
  await users.put(stored, known);
  return stored;
}
