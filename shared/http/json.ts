import { Invalid } from "../domain/errors.ts";
import { limits } from "../domain/limits.ts";
import { TooLarge, Unreadable } from "./errors.ts";

/**
 * A body as it came.
 *
 * @throws TooLarge
 */
export function readText(body: string): string {
  if (Buffer.byteLength(body) > limits.bodyBytes) {
    throw new TooLarge(`The body may weigh ${limits.bodyBytes} bytes`);
  }
  return body;
}

/**
 * Reads a body, whatever its Content-Type says; an empty one is undefined.
 *
 * @throws TooLarge, Unreadable, or Invalid when it nests too deeply
 */
export function readJson(body: string): unknown {
  readText(body);
  if (body.trim() === "") return undefined;
  return wellFormed(parse(body), 0);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Unreadable("The body is not JSON");
  }
}

/** The value with every text made of whole characters: half a surrogate pair is nothing that can be stored. */
function wellFormed(value: unknown, depth: number): unknown {
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
