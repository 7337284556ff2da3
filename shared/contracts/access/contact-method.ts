/** Ways to reach somebody, as people and teams have them. */
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
      "As its channel needs it: an e-mail address; a phone number like +4915112345678; an http(s) URL for a webhook; " +
      "a topic or URL for ntfy; a name like #payments or a URL for slack, discord and teams; any text for console. " +
      "One that was answered shortened, https://host/…last4, keeps the stored one of this id.",
  }),
};

/** For `transform`: with the address as it is stored, if it fits its channel. */
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

/** For `superRefine`: the address of a new one fits its channel, and is all there. */
export function refuseUnfitAddress(
  { channel, address }: Pick<ContactMethod, "channel" | "address">,
  context: z.RefinementCtx,
) {
  const message = isRedacted(channel, address) ? shortenedAddress : addressFault(channel, address);
  if (message !== undefined) context.addIssue({ code: "custom", path: ["address"], message });
}

/** For `superRefine`: each has an id of its own. */
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
  address: z.string().meta({ description: "Shortened to https://host/…last4 where a URL is a secret." }),
});

export function presentContactMethod({ id, channel, address }: ContactMethod) {
  return { id, channel, address: redactedAddress(channel, address) };
}
