import { Invalid } from "./errors.ts";
import { limits } from "./limits.ts";

/**
 * What JSON says, with every text made of whole characters: half a surrogate pair is nothing that can be stored.
 *
 * @throws Invalid when it nests too deeply
 */
export function wellFormed(value: unknown, depth = 0): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  if (depth === limits.jsonDepth) {
    throw new Invalid([{ path: "", message: `must not nest deeper than ${limits.jsonDepth} levels` }]);
  }
  return Array.isArray(value)
    ? value.map((item) => wellFormed(item, depth + 1))
    : Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key.toWellFormed(), wellFormed(item, depth + 1)]),
      );
}
