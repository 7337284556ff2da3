import * as z from "zod";
import { subscriptionInput } from "../access/push/push-subscription.ts";
import { defineContract } from "../contract.ts";

export const receiveReceiptContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/receipts/{token}",
  summary: "Receive a receipt of a message shown on a device",
  description:
    "Called by the service worker of a browser with push. Adds the receipt `shown` to the notification. Repeated reports of one device change nothing. " +
    "With a subscription that the browser has renewed, replaces that of the device instead, and returns the receipt for the next renewal.",
  right: null,
  params: z.object({
    token: z.string().meta({ description: "Signed token with the notification and the device." }),
  }),
  body: z.strictObject({ subscription: subscriptionInput.optional() }).optional(),
  status: 200,
  response: z.object({
    kind: z.enum(["shown", "renewed"]),
    receipt: z
      .string()
      .nullable()
      .optional()
      .meta({ description: "URL for the next renewal of the subscription." }),
  }),
  errors: {
    404: "The signature is invalid, or the notification or the device does not exist",
    410: "The token has expired",
  },
});
