/** What is kept of a provider's answer: enough to tell what happened, and no secret that it repeats. */
import { limits } from "../../domain/limits.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { clip } from "../message/text.ts";

/** One line without the secrets and without what any URL in it leads to, at most `limits.attemptDetailLength`. */
export function detailOf(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.filter((secret) => secret !== "").toSorted((a, b) => b.length - a.length);
  const clean = longestFirst.reduce((left, secret) => left.replaceAll(secret, "…"), text);
  const line = clean
    .replace(/(https?:\\?\/\\?\/[^\s"'<>/\\?#]+)[^\s"'<>]*/gi, "$1/…")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ");
  return clip(line.trim(), limits.attemptDetailLength);
}

/** Below that it is a word like "hooks" rather than a secret. */
const secretLength = 8;

/** The parts of a URL that open something to whoever knows them. */
export function secretsOfUrl(url: string): string[] {
  if (!URL.canParse(url)) return [];
  const { pathname, search, searchParams, username, password } = new URL(url);
  const parts = [...pathname.split("/"), ...searchParams.values()].filter(
    ({ length }) => length >= secretLength,
  );
  const whole = [pathname + search, pathname].filter(({ length }) => length > 1);
  return [...whole, ...parts, username, password].flatMap((part) => [part, decoded(part)]);
}

/** The links in a message answer for whoever has them. */
export function secretsOfMessage({ links }: OutgoingMessage): string[] {
  return [links?.view, links?.acknowledge, links?.resolve].flatMap((url) => (url ? secretsOfUrl(url) : []));
}

/** Percent-decoded; as it is where it is not encoded. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
