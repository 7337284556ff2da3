import * as z from "zod";
import type { PushDevice, PushDevices } from "../../domain/access/push-device.ts";
import type { PushDeviceStore } from "../../use-cases/ports/access.ts";
import { audited } from "../audited-table.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys } from "../keys.ts";
import type { Table } from "../table.ts";

const deviceSchema = z.object({
  id: z.string(),
  endpoint: z.string(),
  p256dh: z.string(),
  auth: z.string(),
  name: z.string(),
  createdAt: z.number(),
}) satisfies z.ZodType<PushDevice>;

export const pushDevicesEntity = entity<PushDevices>({
  name: "push devices",
  schema: z.object({ email: z.string(), devices: z.array(deviceSchema), version: z.number() }),
  key: ({ email }) => keys.pushDevices(email),
});

export const auditedPushDevices = audited(
  pushDevicesEntity,
  "push_devices",
  ({ email }) => email,
  ({ email, devices }) => ({
    email,
    // An endpoint and the keys allow anyone to send messages.
    devices: devices.map(({ id, name, createdAt }) => ({ id, name, createdAt })),
  }),
);

export function pushDeviceStore(table: Table): PushDeviceStore {
  const store = entityStore(table, pushDevicesEntity, {
    label: ({ email }) => `The devices of ${email}`,
    startsMissing: true,
  });
  return {
    load: async (email) => (await store.find(keys.pushDevices(email))) ?? { email, devices: [], version: 0 },
    save: async (next, known) => void (await store.replace(known, next)),
    remove: (known) => store.remove(known),
  };
}
