/** Destinations of a chat's addresses: each is a URL, or a name that a setting explains. */
import { looksLikeUrl } from "../address-rules.ts";

export interface Destinations {
  /** For names that are not listed; null if there is no default. */
  readonly fallback: string | null;
  /** Destinations by lower-case name. */
  readonly named: ReadonlyMap<string, string>;
}

/**
 * Parses the items of a setting: `https://…` applies to all names without their own, `name=https://…` to that
 * name.
 *
 * @returns undefined if an item is neither
 */
export function readDestinations(items: readonly string[]): Destinations | undefined {
  const named = new Map<string, string>();
  let fallback: string | null = null;
  for (const item of items) {
    const [, name, url = ""] = /^(?:([^=]*[^=:/])=)?(https?:\/\/.*)$/i.exec(item) ?? [];
    if (!URL.canParse(url)) return undefined;
    if (name === undefined) fallback = url;
    else named.set(keyOf(name), url);
  }
  return { fallback, named };
}

/** Returns the URL for an address; null when there is none. */
export function destinationOf({ fallback, named }: Destinations, address: string): string | null {
  return looksLikeUrl(address) ? address : (named.get(keyOf(address)) ?? fallback);
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
