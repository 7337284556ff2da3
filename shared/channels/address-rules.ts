/** Rules that several channels have for their addresses. */

import { isEmail } from "../domain/email.ts";
import { limits } from "../domain/limits.ts";
import type { AddressRules } from "./channel-type.ts";

export function looksLikeUrl(address: string): boolean {
  return /^\s*https?:/i.test(address);
}

/** Accepts an http(s) URL without credentials and fragment. */
export function isWebUrl(address: string): boolean {
  if (!/^https?:\/\/[^\s#]+$/i.test(address) || !URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username === "" && password === "";
}

export const emailAddresses: AddressRules = {
  hint: "an email address",
  accepts: isEmail,
  normalize: (address) => address.toLowerCase(),
};

/** Addresses of text messages and calls. */
export const phoneAddresses: AddressRules = {
  hint: "a phone number like +4915112345678",
  // E.164
  accepts: (address) => /^\+[1-9]\d{5,14}$/.test(address),
  normalize: (address) => address.replaceAll(/[ -]/g, ""),
  arePhoneNumbers: true,
};

/** Addresses of a chat: a name that a setting maps to a URL, or a URL that lets anyone who knows it write. */
export const chatAddresses: AddressRules = {
  hint: `a name of at most ${limits.chatNameLength} characters like #payments, or an http(s) URL`,
  accepts: (address) =>
    looksLikeUrl(address) ? isWebUrl(address) : [...address].length <= limits.chatNameLength,
  hasSecretUrls: true,
};
