import {
  hasPushMethod,
  type PushDevice,
  type PushSubscription,
  pushMethodOf,
  withDevice,
} from "../../../domain/access/push-device.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { limits } from "../../../domain/limits.ts";
import { assertBelowLimit } from "../../assert-below-limit.ts";
import type { PushDeviceStore } from "../../ports/access.ts";
import type { Digest } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { changeUser } from "../change-user.ts";
import { findUser } from "../find-user.ts";
import type { UserDeps } from "../store-user.ts";

export interface PushDeviceDeps extends UserDeps {
  readonly pushDevices: PushDeviceStore;
  readonly digest: Digest;
}

/**
 * Stores a browser's subscription and, with the first one, a contact method that uses it. A browser that subscribes
 * again replaces its subscription.
 *
 * @throws NotFound for an unknown user
 * @throws Conflict if the user has the maximum number of devices or of contact methods
 */
export async function addPushDevice(
  deps: PushDeviceDeps,
  email: string,
  subscription: PushSubscription,
  now: number,
): Promise<PushDevice> {
  const user = await findUser(deps, email);
  const assertRoom = ({ name, contactMethods }: typeof user) =>
    assertBelowLimit(contactMethods, limits.contactMethods, name, "contact methods");
  if (!hasPushMethod(user)) assertRoom(user);
  const id = idPrefixes.pushDevice + deps.digest(subscription.endpoint);
  const device = { ...subscription, id, createdAt: now };
  await retryOnConflict(async () => {
    const known = await deps.pushDevices.load(email);
    const others = known.devices.filter((each) => each.id !== id);
    assertBelowLimit(others, limits.pushDevices, user.name, "devices with push");
    await deps.pushDevices.save(withDevice(known, device), known);
  });
  // A crash before this leaves a device that the next attempt finds.
  if (!hasPushMethod(user)) {
    const add = (current: typeof user) => {
      if (hasPushMethod(current)) return current;
      assertRoom(current);
      return { ...current, contactMethods: [...current.contactMethods, pushMethodOf(current)] };
    };
    await changeUser(deps, email, add, now);
  }
  return device;
}
