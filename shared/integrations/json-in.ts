import { parseJson } from "../domain/json.ts";

/** Reads an object or a list that a text holds as JSON; undefined for anything else. */
export function jsonIn(text: string): object | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
