import { parseJson } from "../../domain/json.ts";

/** Parses a JSON object or list; undefined for any other text. */
export function jsonIn(text: string): object | undefined {
  try {
    const value = parseJson(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
