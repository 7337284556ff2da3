import { encodeTime, TIME_LEN } from "ulid";

/** Returns the smallest ULID of a time (epoch milliseconds), as a bound for ranges of IDs. */
export function firstUlidAt(at: number): string {
  return encodeTime(at, TIME_LEN).padEnd(26, "0");
}
