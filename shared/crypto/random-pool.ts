import { randomFillSync } from "node:crypto";

/** A call for 1 KiB takes as long as one for a few bytes. */
const pool = Buffer.alloc(1_024);
let used = pool.length;

/** Returns cryptographically random bytes, at most 1,024. They are overwritten later, so use them immediately. */
export function randomFromPool(count: number): Buffer {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}
