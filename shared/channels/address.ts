/** Addresses as each channel accepts, stores and shows them. */

import type { ContactMethod } from "../domain/notifications/notification.ts";
import { isPrintable } from "../domain/text/printable.ts";
import { looksLikeUrl } from "./address-rules.ts";
import { channelNamed } from "./registry.ts";

/** Returns what is wrong with an address for a channel; undefined if it is valid. */
export function addressFault(channel: string, address: string): string | undefined {
  if (!isPrintable(address)) return "must not have control characters";
  const rules = channelNamed(channel)?.addresses;
  if (!rules) return "uses a channel that this release does not support";
  const normal = normalAddress(channel, address);
  return normal !== "" && rules.accepts(normal) ? undefined : `must be ${rules.hint}`;
}

/** Returns the normal form of an address: equal for addresses with the same meaning. */
export function normalAddress(channel: string, address: string): string {
  const trimmed = address.trim();
  return channelNamed(channel)?.addresses.normalize?.(trimmed) ?? trimmed;
}

/** Returns an address in displayable form: `https://host/…last4` for a URL that is a secret. */
export function redactedAddress(channel: string, address: string): string {
  if (!hasSecretUrls(channel) || !looksLikeUrl(address) || isRedacted(channel, address)) return address;
  if (!URL.canParse(address)) return "…";
  const { protocol, host, pathname, search } = new URL(address);
  return `${protocol}//${host}/…${(pathname + search).slice(1).slice(-4)}`;
}

/** Returns the phone numbers among the addresses of contact methods, each once. */
export function phoneNumbersOf(methods: readonly Pick<ContactMethod, "channel" | "address">[]): string[] {
  const phones = methods.filter(({ channel }) => channelNamed(channel)?.addresses.arePhoneNumbers);
  return [...new Set(phones.map(({ address }) => address))];
}

/** Returns a contact method in displayable form. */
export function redactedMethod<M extends ContactMethod>(method: M): M {
  return { ...method, address: redactedAddress(method.channel, method.address) };
}

/** Fault of a redacted address that matches no stored one. */
export const shortenedAddress = "is a shortened URL: enter the full URL";

export function isRedacted(channel: string, address: string): boolean {
  return hasSecretUrls(channel) && looksLikeUrl(address) && address.includes("/…");
}

/**
 * Restores a redacted address from the known contact method with the same ID. Without a match it stays redacted.
 */
export function unredacted<M extends ContactMethod>(method: M, known: readonly ContactMethod[]): M {
  const { id, channel, address } = method;
  const meant = known.find(
    (each) =>
      each.id === id && each.channel === channel && redactedAddress(channel, each.address) === address,
  );
  return meant ? { ...method, address: meant.address } : method;
}

/** Treats URLs of a channel that this release doesn't have as secrets. */
function hasSecretUrls(channel: string): boolean {
  const description = channelNamed(channel);
  return description ? (description.addresses.hasSecretUrls ?? false) : true;
}
