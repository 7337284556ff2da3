import { Conflict } from "../domain/errors.ts";

/**
 * @param what a plural, such as `contact methods`
 * @throws Conflict if the maximum number is reached
 */
export function assertBelowLimit(
  known: readonly unknown[],
  atMost: number,
  owner: string,
  what: string,
): void {
  if (known.length >= atMost) throw new Conflict(`${owner} has ${known.length} ${what}, the maximum`);
}
