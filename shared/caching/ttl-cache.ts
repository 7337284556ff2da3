import { detached } from "../telemetry/context.ts";

/** More names than an execution environment meets in practice; invented names must not fill its memory. */
const maxEntries = 1_000;

/**
 * Returns a lookup that caches each result for `forMs`, including an absent one. Concurrent calls for a name
 * share one lookup, and a failed lookup is not cached.
 *
 * @param clock epoch milliseconds
 * @returns the lookup. Its result is read after the time `since`, if that is given.
 */
/* @__NO_SIDE_EFFECTS__ */
export function ttlCache<T>(
  forMs: number,
  clock: () => number,
  find: (name: string) => Promise<T>,
): (name: string, since?: number) => Promise<T> {
  const entries = new Map<string, { readonly at: number; readonly found: Promise<T> }>();
  return (name, since = Number.NEGATIVE_INFINITY) => {
    const now = clock();
    const entry = entries.get(name);
    if (entry && since < entry.at && entry.at <= now && now < entry.at + forMs) return entry.found;
    const found = detached(() => find(name));
    entries.delete(name);
    entries.set(name, { at: now, found });
    found.catch(() => entries.delete(name));
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    return found;
  };
}
