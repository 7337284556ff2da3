import type { User } from "../../domain/access/contact.ts";
import type { UserStore } from "../ports/access.ts";

export interface UserDeps {
  readonly users: UserStore;
}

/** Replaces a stored user. The time of the change serves as the version, so it always increases. */
export async function store(
  users: UserStore,
  user: Omit<User, "updatedAt">,
  known: User | undefined,
  now: number,
): Promise<User> {
  const stored = { ...user, updatedAt: Math.max(now, (known?.updatedAt ?? 0) + 1) };
  await users.put(stored, known);
  return stored;
}
