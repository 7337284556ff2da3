/** Browsers in which users have enabled push. */
import * as z from "zod";
import { addressFault } from "../../../channels/address.ts";
import type { PushDevice, PushSubscription } from "../../../domain/access/push-device.ts";
import { limits } from "../../../domain/limits.ts";
import { formatInstant } from "../../../domain/time.ts";
import { isP256Point } from "../../../validation/p256-point.ts";
import { instant, text } from "../../fields.ts";

const endpoint = text(1, limits.addressLength)
  .superRefine((value, context) => {
    const message = addressFault("webhook", value);
    if (message !== undefined) context.addIssue(message);
  })
  .meta({ format: "uri", description: "URL at the browser's push service." });

const base64url = (bytes: number) => {
  const length = Math.ceil((bytes * 4) / 3);
  return z.string().regex(new RegExp(`^[\\w-]{${length}}=*$`), `must be ${bytes} bytes in base64url`);
};

/** The fields of `PushSubscription.toJSON()` in a browser. */
export const subscriptionInput = z.strictObject({
  endpoint,
  keys: z.strictObject({
    p256dh: base64url(65)
      .refine(isP256Point, "must be a point on the curve P-256")
      .meta({ description: "Public key of the browser." }),
    auth: base64url(16).meta({ description: "Secret of the subscription." }),
  }),
  expirationTime: z.number().nullable().optional().meta({ description: "Ignored." }),
  name: text(1, limits.pushDeviceNameLength)
    .default("Browser")
    .meta({ description: "Name of the device, such as Firefox on Android." }),
});

export function subscriptionOf({
  endpoint,
  keys,
  name,
}: z.output<typeof subscriptionInput>): PushSubscription {
  const { p256dh, auth } = keys;
  return { endpoint, p256dh: p256dh.replaceAll("=", ""), auth: auth.replaceAll("=", ""), name };
}

export const pushDeviceResource = z
  .object({ id: z.string(), name: z.string(), created_at: instant })
  .meta({ id: "PushSubscription" });

export function presentPushDevice({ id, name, createdAt }: PushDevice): z.input<typeof pushDeviceResource> {
  return { id, name, created_at: formatInstant(createdAt) };
}
