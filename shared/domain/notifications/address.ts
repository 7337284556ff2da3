/** Address formats of the channels, and their redacted forms. */
import { limits } from "../limits.ts";
import type { ChannelName, ContactMethod } from "./notification.ts";

/** Practical subset of RFC 5321 mailboxes. */
export const emailPattern =
  /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/;

interface Form {
  readonly name: string;
  readonly fits: (address: string) => boolean;
}

const chat: Form = {
  name: `a name of at most ${limits.chatNameLength} characters like #payments, or an http(s) URL`,
  fits: (address) =>
    looksLikeUrl(address) ? isWebUrl(address) : [...address].length <= limits.chatNameLength,
};

const forms: Readonly<Record<ChannelName, Form>> = {
  console: { name: "a text", fits: () => true },
  email: {
    name: "an email address",
    fits: (address) => address.length <= limits.emailLength && emailPattern.test(address),
  },
  // E.164
  sms: { name: "a phone number like +4915112345678", fits: (address) => /^\+[1-9]\d{5,14}$/.test(address) },
  webhook: { name: "an http(s) URL without credentials or fragment", fits: isWebUrl },
  ntfy: {
    name: "a topic of letters, digits, - and _, or an http(s) URL",
    fits: (address) => /^[\w-]{1,64}$/.test(address) || isWebUrl(address),
  },
  slack: chat,
  discord: chat,
  teams: chat,
};

/** Characters that would end a line or a header wherever the address is written. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Returns what is wrong with an address for a channel; undefined if it is valid. */
export function addressFault(channel: ChannelName, address: string): string | undefined {
  if (unprintable.test(address)) return "must not have control characters";
  const normal = normalAddress(channel, address);
  const { name, fits } = forms[channel];
  return normal !== "" && fits(normal) ? undefined : `must be ${name}`;
}

/** Normal form of an address: equal for addresses with the same meaning. */
export function normalAddress(channel: ChannelName, address: string): string {
  const trimmed = address.trim();
  if (channel === "email") return trimmed.toLowerCase();
  return channel === "sms" ? trimmed.replaceAll(/[ -]/g, "") : trimmed;
}

/** Returns the lower-case email address of a recipient, if it is one. */
export function emailIn(recipient: string): string | undefined {
  return addressFault("email", recipient) === undefined ? normalAddress("email", recipient) : undefined;
}

/** Channels whose URLs are secrets: anyone with the URL can post to it. */
const secretUrls: ReadonlySet<ChannelName> = new Set(["slack", "discord", "teams"]);

/** Returns an address in displayable form: `https://host/…last4` for a URL that is a secret. */
export function redactedAddress(channel: ChannelName, address: string): string {
  if (!secretUrls.has(channel) || !looksLikeUrl(address) || isRedacted(channel, address)) return address;
  if (!URL.canParse(address)) return "…";
  const { protocol, host, pathname, search } = new URL(address);
  return `${protocol}//${host}/…${(pathname + search).slice(1).slice(-4)}`;
}

/** Returns a contact method in displayable form. */
export function redactedMethod<M extends ContactMethod>(method: M): M {
  return { ...method, address: redactedAddress(method.channel, method.address) };
}

/** Fault of a redacted address that matches no stored one. */
export const shortenedAddress = "is a shortened URL: enter the full URL";

export function isRedacted(channel: ChannelName, address: string): boolean {
  return secretUrls.has(channel) && looksLikeUrl(address) && address.includes("/…");
}

/**
 * Restores a redacted address from the known contact method with the same ID. Without a match it stays
 * redacted.
 */
export function unredacted<M extends ContactMethod>(method: M, known: readonly ContactMethod[]): M {
  const { id, channel, address } = method;
  const meant = known.find(
    (each) =>
      each.id === id && each.channel === channel && redactedAddress(channel, each.address) === address,
  );
  return meant ? { ...method, address: meant.address } : method;
}

function looksLikeUrl(address: string): boolean {
  return /^\s*https?:/i.test(address);
}

function isWebUrl(address: string): boolean {
  if (!/^https?:\/\/[^\s#]+$/i.test(address) || !URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username === "" && password === "";
}
