/** Item expiry: DynamoDB deletes expired items within days, and reads ignore them immediately. */
import type { Entity } from "./entity.ts";

const secondsPerDay = 86_400;

/** @param since epoch milliseconds @returns epoch seconds, for an item's `expiresAt` */
export function expiryAfter(since: number, seconds: number): number {
  return Math.ceil(since / 1_000) + seconds;
}

/**
 * Returns an entity whose items expire a number of days after a time in epoch milliseconds.
 *
 * @param days 0 keeps items permanently; existing items keep their stored expiry
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
