import { NotFound } from "../domain/errors.ts";

/** @throws NotFound when there is nothing */
export function existing<T>(found: T | undefined, kind: string, id: string): T {
  if (found === undefined) throw new NotFound(kind, id);
  return found;
}
