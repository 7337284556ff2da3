import { randomFillSync } from "node:crypto";

/** A call for 1 KiB takes as long as one for a few bytes. */
const pool = new Uint8Array(1_024);
let used = pool.length;

/** Returns a cryptographically random multiple of 1/256 in [0, 1). */
export function randomFraction(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const byte = pool[used] ?? 0;
  used += 1;
  return byte / 256;
}
