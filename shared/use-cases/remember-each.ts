import { detached } from "../telemetry/context.ts";
import type { Clock } from "./ports/system.ts";

/** More names than an execution environment sees, unless someone invents them. */
const rememberedNames = 1_000;

/**
 * Caches the results of a lookup for a while, including misses. Concurrent lookups of one name share a call.
 * Failures are not cached.
 */
export function rememberEach<T>(
  forMs: number,
  clock: Clock,
  find: (name: string) => Promise<T>,
): (name: string) => Promise<T> {
  const known = new Map<string, { readonly until: number; readonly found: Promise<T> }>();
  return (name) => {
    const now = clock();
    const remembered = known.get(name);
    if (remembered && now < remembered.until && now >= remembered.until - forMs) return remembered.found;
    const found = detached(() => find(name));
    known.delete(name);
    known.set(name, { until: now + forMs, found });
    found.catch(() => known.delete(name));
    const [oldest] = known.keys();
    if (known.size > rememberedNames && oldest !== undefined) known.delete(oldest);
    return found;
  };
}
