/** Stored excerpt of a provider's response, without secrets. */

import { limits } from "../../domain/limits.ts";
import { codesIn } from "../../domain/notifications/confirmable.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { clip } from "../../domain/text/clip.ts";

/** Converts a text to one line of at most `limits.attemptDetailLength`, without secrets and URL paths. */
export function detailOf(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.filter((secret) => secret !== "").toSorted((a, b) => b.length - a.length);
  const clean = longestFirst.reduce((left, secret) => left.replaceAll(secret, "…"), text);
  const line = clean
    .replace(/(https?:\\?\/\\?\/[^\s"'<>/\\?#]+)[^\s"'<>]*/gi, "$1/…")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ");
  return clip(line.trim(), limits.attemptDetailLength);
}

/** Shorter parts are words like "hooks" rather than secrets. */
const secretLength = 8;

/** Returns the parts of a URL that grant access. */
export function secretsOfUrl(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { pathname, search, searchParams, username, password } = new URL(url);
  const parts = [...pathname.split("/"), ...searchParams.values()].filter(
    ({ length }) => length >= secretLength,
  );
  const whole = [pathname + search, pathname].filter(({ length }) => length > 1);
  return [...whole, ...parts, username, password].flatMap((part) => [part, decoded(part)]);
}

/** Returns the secrets in a message's links, which grant access to anyone, and its verification code. */
export function secretsOfMessage({ links, notification }: OutgoingMessage): string[] {
  const urls = [links?.view, links?.acknowledge, links?.resolve];
  return [...urls.flatMap((url) => (url ? secretsOfUrl(url) : [])), ...codesIn(notification)];
}

/** Decodes percent-encoding, or returns the text unchanged if it is invalid. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
