import type { PushDevice, PushSubscription } from "../../../domain/access/push-device.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { PushDeviceStore } from "../../ports/access.ts";
import type { Digest } from "../../ports/system.ts";
import { required } from "../../required.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

interface RenewDeps {
  readonly pushDevices: PushDeviceStore;
  readonly digest: Digest;
}

/**
 * Replaces the subscription of a device whose browser has renewed it. The device keeps its name. Repeats change nothing.
 *
 * @throws NotFound for a device that was removed
 */
export function renewPushDevice(
  { pushDevices, digest }: RenewDeps,
  email: string,
  knownId: string,
  { endpoint, p256dh, auth }: PushSubscription,
  now: number,
): Promise<PushDevice> {
  const id = idPrefixes.pushDevice + digest(endpoint);
  return retryOnConflict(async () => {
    const known = await pushDevices.load(email);
    const renewed = known.devices.find((each) => each.id === id);
    if (renewed && id !== knownId) return renewed;
    const { name } = required(
      known.devices.find((each) => each.id === knownId),
      "device",
      knownId,
    );
    const device = { id, endpoint, p256dh, auth, name, createdAt: now };
    const devices = known.devices.map((each) => (each.id === knownId ? device : each));
    await pushDevices.save({ ...known, devices }, known);
    return device;
  });
}
