/** Where a chat channel's addresses lead: each is a URL, or a name that a setting explains. */

export interface Destinations {
  /** Where names go that are not listed; null: nowhere. */
  readonly fallback: string | null;
  /** By name in lower case. */
  readonly named: ReadonlyMap<string, string>;
}

/**
 * Reads the items of a setting: `https://…` is for every name that has none of its own, `name=https://…` for that one.
 *
 * @returns undefined when an item is neither
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

/** The URL for an address; null when there is none. */
export function destinationOf({ fallback, named }: Destinations, address: string): string | null {
  return isUrl(address) ? address : (named.get(keyOf(address)) ?? fallback);
}

export function isUrl(address: string): boolean {
  return /^https?:\/\//i.test(address);
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
