import { detached } from "../telemetry/context.ts";

/**
 * Returns a reader that loads a value at most once in `forMs`: for figures that are expensive to read and may
 * be slightly old. Concurrent calls share a load, and a failed load is not kept.
 *
 * @returns the value, and the time (epoch milliseconds) at which it was loaded
 */
/* @__NO_SIDE_EFFECTS__ */
export function cached<T>(
  forMs: number,
  load: (now: number) => Promise<T>,
): (now: number) => Promise<{ readonly value: T; readonly at: number }> {
  let last: { readonly at: number; readonly loading: Promise<T> } | undefined;
  return async (now) => {
    if (!last || now < last.at || now - last.at >= forMs) {
      const fresh = { at: now, loading: detached(() => load(now)) };
      last = fresh;
      fresh.loading.catch(() => {
        if (last === fresh) last = undefined;
      });
    }
    const { at, loading } = last;
    return { value: await loading, at };
  };
}
