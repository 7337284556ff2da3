import { Conflict } from "../domain/errors.ts";

/** @throws Conflict if the maximum number is reached */
export function assertBelowLimit(known: readonly unknown[], atMost: number, whoHas: string): void {
  if (known.length >= atMost) throw new Conflict(`${whoHas} ${known.length} of them, the maximum`);
}
