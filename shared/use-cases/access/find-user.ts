import type { User } from "../../domain/access/contact.ts";
import { required } from "../required.ts";
import type { UserDeps } from "./store-user.ts";

/** @throws NotFound */
export async function findUser({ users }: UserDeps, email: string): Promise<User> {
  return required(await users.find(email), "user", email);
}
