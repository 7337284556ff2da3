import { parseJson } from "../domain/json.ts";
import { Unreadable } from "./errors.ts";

/**
 * Reads a body as JSON, whatever its Content-Type says; an empty one is undefined.
 *
 * @throws Unreadable, or Invalid when it nests too deeply
 */
export function readJson(body: string): unknown {
  if (body.trim() === "") return undefined;
  try {
    return parseJson(body);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Unreadable("The body is not JSON");
    throw error;
  }
}
