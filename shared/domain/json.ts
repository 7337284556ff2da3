import { Invalid } from "./errors.ts";
import { limits } from "./limits.ts";

/**
 * Parses JSON from outside without changing its meaning:
 * - Texts get whole characters only, because an unpaired surrogate cannot be stored.
 * - A number that JavaScript would round, or cannot represent, keeps its digits as a string.
 *
 * @throws SyntaxError, or Invalid if it is nested too deeply
 */
export function parseJson(text: string): unknown {
  const { value, isRounded } = clean(JSON.parse(text));
  // Only bodies with such numbers pay for being parsed with a reviver.
  return isRounded ? clean(JSON.parse(text, keepDigits)).value : value;
}

const largest = 2 ** 53;

/** Reviver that keeps the digits of numbers beyond ±2^53. */
function keepDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== "number" || Math.abs(value) < largest) return value;
  const source = context?.source;
  return source === undefined || source === String(largest) || source === String(-largest) ? value : source;
}

/** Returns a copy with whole characters, and whether any number in it may be rounded. */
function clean(parsed: unknown): { readonly value: unknown; readonly isRounded: boolean } {
  let isRounded = false;
  function copy(value: unknown, depth: number): unknown {
    if (typeof value === "string") return value.toWellFormed();
    if (typeof value === "number" && Math.abs(value) >= largest) isRounded = true;
    if (typeof value !== "object" || value === null) return value;
    if (depth === limits.jsonDepth) {
      throw new Invalid([{ path: "", message: `must not be nested deeper than ${limits.jsonDepth} levels` }]);
    }
    return Array.isArray(value)
      ? value.map((item) => copy(item, depth + 1))
      : Object.fromEntries(
          Object.entries(value).map(([key, item]) => [key.toWellFormed(), copy(item, depth + 1)]),
        );
  }
  return { value: copy(parsed, 0), isRounded };
}
