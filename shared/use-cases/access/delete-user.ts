import type { User } from "../../domain/access/contact.ts";
import type { PushDeviceStore, ReachabilityStore } from "../ports/access.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { findUser } from "./find-user.ts";
import type { UserDeps } from "./store-user.ts";

interface DeleteUserDeps extends UserDeps {
  readonly pushDevices: PushDeviceStore;
  readonly reachability: Pick<ReachabilityStore, "endOf">;
}

/** Deletes a user and the devices to which push is sent. @throws NotFound */
export function deleteUser(deps: DeleteUserDeps, email: string, now: number): Promise<User> {
  return retryOnConflict(async () => {
    const user = await findUser(deps, email);
    const devices = await deps.pushDevices.load(email);
    if (devices.version > 0) await deps.pushDevices.remove(devices);
    await deps.reachability.endOf(email, now);
    await deps.users.remove(user);
    return user;
  });
}
