import { randomFromPool } from "./random-pool.ts";

/** Returns a cryptographically random multiple of 1/256 in [0, 1). */
export function randomFraction(): number {
  return (randomFromPool(1)[0] ?? 0) / 256;
}
