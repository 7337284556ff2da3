import { Conflict } from "../domain/errors.ts";

/** @throws Conflict when there are as many of them as there may be */
export function refuseMore(known: readonly unknown[], atMost: number, whoHas: string): void {
  if (known.length >= atMost) throw new Conflict(`${whoHas} ${known.length} of them, and can't have more`);
}
