import { encodeTime, TIME_LEN } from "ulid";

/** The smallest ULID of an instant (epoch milliseconds): a bound for ranges of ids. */
export function firstUlidAt(at: number): string {
  return encodeTime(at, TIME_LEN).padEnd(26, "0");
}
