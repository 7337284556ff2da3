/** Contact methods of users and teams. */
import * as z from "zod";
import { limits } from "../../domain/limits.ts";
import {
  addressFault,
  isRedacted,
  normalAddress,
  redactedAddress,
  shortenedAddress,
} from "../../domain/notifications/address.ts";
import { type ChannelName, type ContactMethod, channels } from "../../domain/notifications/notification.ts";
import { id, text } from "../fields.ts";

export const contactMethodShape = {
  id,
  channel: z.enum(channels),
  address: text(1, limits.addressLength).meta({
    description:
      "Format of the channel: an email address; a phone number such as +4915112345678; an http(s) URL for a webhook; " +
      "a topic or URL for ntfy; a name such as #payments or a URL for slack, discord and teams; any text for console. " +
      "An address returned as https://host/…last4 keeps the stored address of this ID.",
  }),
};

/** For `transform`: normalizes the address if it fits its channel. */
export function withAddress<T extends { readonly channel: ChannelName; readonly address: string }>(
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

/** For `superRefine`: rejects duplicate IDs. */
export function refuseRepeatedIds(methods: readonly { readonly id: string }[], context: z.RefinementCtx) {
  const ids = methods.map((method) => method.id);
  for (const [index, each] of ids.entries()) {
    if (ids.indexOf(each) === index) continue;
    context.addIssue({ code: "custom", path: [index, "id"], message: "must differ from the others'" });
  }
}

export const contactMethodResource = z.object({
  id: z.string(),
  channel: z.enum(channels),
  address: z.string().meta({ description: "Secret URLs are shortened to https://host/…last4." }),
});

export function presentContactMethod({ id, channel, address }: ContactMethod) {
  return { id, channel, address: redactedAddress(channel, address) };
}
