import { type PushDevice, withoutDevice } from "../../../domain/access/push-device.ts";
import type { PushDeviceStore } from "../../ports/access.ts";
import { required } from "../../required.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

/**
 * Removes a device. The contact method stays: without devices, its pages go to the next method at once.
 *
 * @throws NotFound
 */
export function removePushDevice(
  { pushDevices }: { readonly pushDevices: PushDeviceStore },
  email: string,
  id: string,
): Promise<PushDevice> {
  return retryOnConflict(async () => {
    const known = await pushDevices.load(email);
    const device = required(
      known.devices.find((each) => each.id === id),
      "device",
      id,
    );
    await pushDevices.save(withoutDevice(known, id), known);
    return device;
  });
}
