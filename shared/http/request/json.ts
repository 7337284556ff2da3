import { parseJson, type UnstorableTexts } from "../../domain/json.ts";
import { Unreadable } from "../errors.ts";

/**
 * Parses a body as JSON, regardless of its Content-Type; undefined if it is empty.
 *
 * @throws Unreadable, or Invalid if it is nested too deeply or has a text to reject
 */
export function readJson(body: string, texts?: UnstorableTexts): unknown {
  if (body.trim() === "") return undefined;
  try {
    return parseJson(body, texts);
  } catch (error) {
    if (error instanceof SyntaxError) throw new Unreadable("The body is not valid JSON");
    throw error;
  }
}
