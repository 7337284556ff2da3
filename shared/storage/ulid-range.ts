import { decodeTime, encodeTime, TIME_LEN } from "ulid";

/** The smallest ULID of an instant (epoch milliseconds): a bound for ranges of ids. */
export function firstUlidAt(at: number): string {
  return encodeTime(at, TIME_LEN).padEnd(26, "0");
}

/** The instant of a ULID behind an id's prefix, epoch milliseconds. */
export function timeOfId(id: string): number {
  return decodeTime(id.slice(id.indexOf("_") + 1));
}
