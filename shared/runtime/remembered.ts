import { detached } from "../telemetry/context.ts";

/** What a load gave, for a while: for figures that may be a little old and cost much to read. */
export function remembered<T>(
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
