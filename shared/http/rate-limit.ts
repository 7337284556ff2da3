import { TooManyRequests } from "../domain/errors.ts";
import { minuteMs } from "../domain/time-units.ts";

/** Counts a request of a caller at a time (epoch milliseconds). @throws TooManyRequests */
export type ConsumeQuota = (who: string, now: number) => void;

/**
 * Maximum number of tracked callers. The least recently seen is dropped and starts with a full bucket again.
 */
const maxBuckets = 1_000;

/**
 * Creates a token bucket per caller for this execution environment: a minute's requests at once, then that
 * many per minute. Undefined for 0, which means no limit.
 */
export function rateLimit(perMinute: number): ConsumeQuota | undefined {
  if (perMinute === 0) return undefined;
  const perMs = perMinute / minuteMs;
  const buckets = new Map<string, { readonly tokens: number; readonly at: number }>();
  return (who, now) => {
    const { tokens, at } = buckets.get(who) ?? { tokens: perMinute, at: now };
    const there = Math.min(perMinute, tokens + Math.max(0, now - at) * perMs);
    buckets.delete(who);
    buckets.set(who, { tokens: there < 1 ? there : there - 1, at: now });
    const [oldest] = buckets.keys();
    if (buckets.size > maxBuckets && oldest !== undefined) buckets.delete(oldest);
    if (there >= 1) return;
    throw new TooManyRequests(
      `The key exceeds ${perMinute} requests per minute`,
      Math.ceil((1 - there) / perMs / 1_000),
    );
  };
}
