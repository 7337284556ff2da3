import * as z from "zod";
import { addressFault, isRedacted, shortenedAddress } from "../../channels/address.ts";
import { channelNames } from "../../channels/registry.ts";
import { emailIn } from "../../domain/email.ts";
import { limits } from "../../domain/limits.ts";
import { channelInput } from "../channel.ts";
import { defineContract } from "../contract.ts";
import { incidentIdOrNumber, labels, severityInput, text } from "../fields.ts";
import { notificationResource } from "./notification.ts";

/** Former name of the console channel. */
const mock = z.literal("mock").transform(() => "console" as const);

export const createNotificationContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/notify",
  summary: "Send a message about an incident",
  right: "respond",
  team: "resource",
  body: z
    .strictObject({
      incident_id: incidentIdOrNumber.meta({ description: "ID or number of the incident." }),
      recipient: text(1, limits.addressLength).meta({
        description:
          "Address in the channel's format. For an email address, that person's first " +
          "contact method of the channel is used, whichever channel it is. A person without one is rejected, unless the channel takes the email address.",
      }),
      message: text(1, limits.messageLength),
      channel: z.union([channelInput, mock], `must be one of ${channelNames.join(", ")}`).default("console"),
      severity: severityInput.nullable().default(null),
      metadata: labels.default({}),
    })
    .superRefine(({ channel, recipient }, context) => {
      const message = recipientFault(channel, recipient);
      if (message !== undefined) context.addIssue({ code: "custom", path: ["recipient"], message });
    }),
  status: 202,
  response: notificationResource,
  idempotent: true,
});

function recipientFault(channel: string, recipient: string): string | undefined {
  if (emailIn(recipient) !== undefined) return undefined;
  return isRedacted(channel, recipient) ? shortenedAddress : addressFault(channel, recipient);
}
