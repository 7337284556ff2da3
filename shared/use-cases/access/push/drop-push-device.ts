import { type PushDevice, withoutDevice } from "../../../domain/access/push-device.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import { newNotification } from "../../../domain/notifications/notification.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../../notifications/queue-notifications.ts";
import type { PushDeviceStore } from "../../ports/access.ts";
import type { Digest } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

export interface DropDeps extends QueueNotificationsDeps {
  readonly pushDevices: PushDeviceStore;
  readonly digest: Digest;
}

/**
 * Removes a device whose push service no longer knows it, and notifies its owner by email. A crash between the two
 * repeats both, but sends the email once.
 */
export async function dropPushDevice(
  deps: DropDeps,
  email: string,
  { id, name, createdAt }: PushDevice,
  now: number,
): Promise<void> {
  const notice = newNotification({
    id: idPrefixes.notification + deps.digest(JSON.stringify(["push device gone", email, id, createdAt])),
    kind: "message",
    incidentId: null,
    channel: "email",
    recipient: email,
    address: email,
    message:
      `Push no longer reaches ${name}\n` +
      "The browser ended its subscription, for example because its data was deleted, push was blocked or it was not " +
      "used for a long time. Pages no longer arrive there. To receive them again, open your page under Settings, " +
      "Users in that browser and enable push.",
    severity: null,
    createdAt: now,
  });
  await queueNotifications(deps, [notice], now);
  await retryOnConflict(async () => {
    const known = await deps.pushDevices.load(email);
    // It may have subscribed again in the meantime.
    const isKnown = known.devices.some((each) => each.id === id && each.createdAt === createdAt);
    if (isKnown) await deps.pushDevices.save(withoutDevice(known, id), known);
  });
}
