/** Addresses as each channel takes them, and as much of them as may be shown. */
import { limits } from "../limits.ts";
import type { ChannelName, ContactMethod } from "./notification.ts";

/** Of RFC 5321's mailboxes, those in use. */
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
    name: "an e-mail address",
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

/** What would end a line, or a header, wherever the address is written. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

/** What is wrong with an address for a channel; undefined when it will do. */
export function addressFault(channel: ChannelName, address: string): string | undefined {
  if (unprintable.test(address)) return "must not have control characters";
  const normal = normalAddress(channel, address);
  const { name, fits } = forms[channel];
  return normal !== "" && fits(normal) ? undefined : `must be ${name}`;
}

/** The same for everybody who means the same. */
export function normalAddress(channel: ChannelName, address: string): string {
  const trimmed = address.trim();
  if (channel === "email") return trimmed.toLowerCase();
  return channel === "sms" ? trimmed.replaceAll(/[ -]/g, "") : trimmed;
}

/** The e-mail address that a recipient is, as people are known by it. */
export function emailIn(recipient: string): string | undefined {
  return addressFault("email", recipient) === undefined ? normalAddress("email", recipient) : undefined;
}

/** Who knows the URL of such a channel can write to it. */
const secretUrls: ReadonlySet<ChannelName> = new Set(["slack", "discord", "teams"]);

/** An address as it may be shown: `https://host/…last4` for a URL that is a secret. */
export function redactedAddress(channel: ChannelName, address: string): string {
  if (!secretUrls.has(channel) || !looksLikeUrl(address) || isRedacted(channel, address)) return address;
  if (!URL.canParse(address)) return "…";
  const { protocol, host, pathname, search } = new URL(address);
  return `${protocol}//${host}/…${(pathname + search).slice(1).slice(-4)}`;
}

/** A contact method as it may be shown. */
export function redactedMethod<M extends ContactMethod>(method: M): M {
  return { ...method, address: redactedAddress(method.channel, method.address) };
}

/** What is wrong with a redacted one that stands for none. */
export const shortenedAddress = "is a URL as it is shown, not all of it";

export function isRedacted(channel: ChannelName, address: string): boolean {
  return secretUrls.has(channel) && looksLikeUrl(address) && address.includes("/…");
}

/** An address that came back as it was shown is the known one of the same id; without such it stays redacted. */
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
