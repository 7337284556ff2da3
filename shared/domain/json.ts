import { Invalid } from "./errors.ts";
import { limits } from "./limits.ts";
import { isStorable, madeStorable, unstorable } from "./text/storable-text.ts";

/** Treatment of texts that cannot be stored. */
export type UnstorableTexts = "replace" | "reject";

/**
 * Parses JSON from outside without changing its meaning:
 * - Texts that cannot be stored are replaced, or rejected.
 * - A number that JavaScript would round, or cannot represent, keeps its digits as a string.
 *
 * @throws SyntaxError, or Invalid if it is nested too deeply or has a text to reject
 */
export function parseJson(text: string, texts: UnstorableTexts = "replace"): unknown {
  const { value, isRounded } = clean(JSON.parse(text), texts);
  // Only bodies with such numbers pay for being parsed with a reviver.
  return isRounded ? clean(JSON.parse(text, keepDigits), texts).value : value;
}

/** Parses JSON as it is. @returns undefined for any other text */
export function parseJsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const largest = 2 ** 53;

/** Reviver that keeps the digits of numbers beyond ±2^53. */
function keepDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || Math.abs(value) < largest) return value;
  const source = context?.source;
  return source === undefined || source === String(largest) || source === String(-largest) ? value : source;
}

/** Returns a copy with storable texts, and whether any number in it may be rounded. */
function clean(
  parsed: unknown,
  texts: UnstorableTexts,
): { readonly value: unknown; readonly isRounded: boolean } {
  let isRounded = false;
  const path: (string | number)[] = [];
  function storable(text: string): string {
    if (texts === "replace") return madeStorable(text);
    if (isStorable(text)) return text;
    const at = path.join(".").slice(0, limits.faultPathLength);
    throw new Invalid([{ path: madeStorable(at), message: unstorable }]);
  }
  function copyAt(name: string | number, item: unknown): unknown {
    path.push(name);
    const copied = copy(item);
    path.pop();
    return copied;
  }
  function copy(value: unknown): unknown {
    if (typeof value === "string") return storable(value);
    if (typeof value === "number" && Math.abs(value) >= largest) isRounded = true;
    if (typeof value !== "object" || value === null) return value;
    if (path.length === limits.jsonDepth) {
      throw new Invalid([{ path: "", message: `must not be nested deeper than ${limits.jsonDepth} levels` }]);
    }
    return Array.isArray(value)
      ? value.map((item, index) => copyAt(index, item))
      : Object.fromEntries(Object.entries(value).map(([name, item]) => [storable(name), copyAt(name, item)]));
  }
  return { value: copy(parsed), isRounded };
}
