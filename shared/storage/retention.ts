/** When items go: DynamoDB removes what has expired within days, and reads pass over it from that second on. */
import type { Entity } from "./entity.ts";

const secondsPerDay = 86_400;

/** @param since epoch milliseconds @returns epoch seconds, as items have it */
export function expiryAfter(since: number, seconds: number): number {
  return Math.ceil(since / 1_000) + seconds;
}

/**
 * An entity whose items are kept for a number of days after an instant of theirs (epoch milliseconds).
 *
 * @param days 0 for good; what is in the table already keeps the expiry that it was written with
 */
export function keptFor<T>(days: number, entity: Entity<T>, since: (value: T) => number): Entity<T> {
  if (days === 0) return entity;
  return {
    ...entity,
    toItem: (value) => ({
      ...entity.toItem(value),
      expiresAt: expiryAfter(since(value), days * secondsPerDay),
    }),
  };
}
