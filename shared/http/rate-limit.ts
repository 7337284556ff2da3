import { TooManyRequests } from "./errors.ts";

/** Counts a request of somebody at an instant (epoch milliseconds). @throws TooManyRequests */
export type Spend = (who: string, now: number) => void;

/** Whoever was seen longest ago is forgotten first, and begins with a full bucket again. */
const remembered = 1_000;

/**
 * A token bucket for each of whom this execution environment sees: a minute's requests at once, and as many a minute
 * from then on. Undefined for 0: no limit.
 */
export function rateLimit(perMinute: number): Spend | undefined {
  if (perMinute === 0) return undefined;
  const perMs = perMinute / 60_000;
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return (who, now) => {
    const { tokens, at } = buckets.get(who) ?? { tokens: perMinute, at: now };
    const there = Math.min(perMinute, tokens + Math.max(0, now - at) * perMs);
    buckets.delete(who);
    buckets.set(who, { tokens: there < 1 ? there : there - 1, at: now });
    const [oldest] = buckets.keys();
    if (buckets.size > remembered && oldest !== undefined) buckets.delete(oldest);
    if (there >= 1) return;
    throw new TooManyRequests(
      `The key is used more than ${perMinute} times a minute`,
      Math.ceil((1 - there) / perMs / 1_000),
    );
  };
}
