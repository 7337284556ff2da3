export interface RecentValues<T> {
  get(name: string): T | undefined;
  put(name: string, value: T): void;
}

/** More names than an execution environment handles within the time. */
const maxEntries = 1_000;

/**
 * Remembers values for `forMs` after they were put, the latest thousand.
 *
 * @param clock epoch milliseconds
 */
export function recentValues<T>(forMs: number, clock: () => number): RecentValues<T> {
  const entries = new Map<string, { readonly putAt: number; readonly value: T }>();
  return {
    get(name) {
      const entry = entries.get(name);
      return entry && Math.abs(clock() - entry.putAt) < forMs ? entry.value : undefined;
    },
    put(name, value) {
      entries.delete(name);
      entries.set(name, { putAt: clock(), value });
      const [oldest] = entries.keys();
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    },
  };
}
