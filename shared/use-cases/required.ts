import { NotFound } from "../domain/errors.ts";

/** Returns the value. @throws NotFound if it is undefined */
export function required<T>(found: T | undefined, kind: string, id: string): T {
  if (found === undefined) throw new NotFound(kind, id);
  return found;
}
