/** Contact methods of users and teams. */
import * as z from "zod";
import {
  addressFault,
  isRedacted,
  normalAddress,
  redactedAddress,
  shortenedAddress,
} from "../../channels/address.ts";
import { addressHints } from "../../channels/address-hints.ts";
import { type PersonalMethod, repeatedAddress, sameMethod } from "../../domain/access/contact.ts";
import { limits } from "../../domain/limits.ts";
import type { ContactMethod } from "../../domain/notifications/notification.ts";
import { formatInstant } from "../../domain/time.ts";
import { channelInput, channelResource } from "../channel.ts";
import { id, instant, text } from "../fields.ts";

export const contactMethodShape = {
  id,
  channel: channelInput,
  address: text(1, limits.addressLength).meta({
    description:
      `Format of the channel. ${addressHints().join(". ")}. ` +
      "An address returned as https://host/…last4 keeps the stored address of this ID.",
  }),
};

/** For `transform`: normalizes the address if it fits its channel. */
export function withAddress<T extends { readonly channel: string; readonly address: string }>(
  value: T,
  context: z.RefinementCtx,
): T {
  const { channel, address } = value;
  const message = addressFault(channel, address);
  if (message === undefined) return { ...value, address: normalAddress(channel, address) };
  context.addIssue({ code: "custom", path: ["address"], message });
  return z.NEVER;
}

/** For `superRefine`: rejects a new address that does not fit its channel or is redacted. */
export function refuseUnfitAddress(
  { channel, address }: Pick<ContactMethod, "channel" | "address">,
  context: z.RefinementCtx,
) {
  const message = isRedacted(channel, address) ? shortenedAddress : addressFault(channel, address);
  if (message !== undefined) context.addIssue({ code: "custom", path: ["address"], message });
}

/** For `superRefine`: rejects duplicate IDs, and addresses that an earlier one has. */
export function refuseRepeatedMethods(methods: readonly ContactMethod[], context: z.RefinementCtx) {
  for (const [index, method] of methods.entries()) {
    const earlier = methods.slice(0, index);
    if (earlier.some(({ id }) => id === method.id))
      context.addIssue({ code: "custom", path: [index, "id"], message: "must be unique" });
    // Different addresses may be equal when they are shortened.
    else if (
      !isRedacted(method.channel, method.address) &&
      earlier.some((known) => sameMethod(known, method))
    )
      context.addIssue({ code: "custom", path: [index, "address"], message: repeatedAddress });
  }
}

export const contactMethodResource = z.object({
  id: z.string(),
  channel: channelResource,
  address: z.string().meta({ description: "Secret URLs are shortened to https://host/…last4." }),
});

export function presentContactMethod({ id, channel, address }: ContactMethod) {
  return { id, channel, address: redactedAddress(channel, address) };
}

export const personalMethodResource = contactMethodResource.extend({
  verified_at: instant.nullable().meta({
    description: "Time at which the person proved that they receive its messages.",
  }),
});

export function presentPersonalMethod(method: PersonalMethod): z.input<typeof personalMethodResource> {
  const { verifiedAt } = method;
  return {
    ...presentContactMethod(method),
    verified_at: verifiedAt === undefined ? null : formatInstant(verifiedAt),
  };
}
