import { limits } from "../domain/limits.ts";
import { wellFormed } from "../domain/well-formed.ts";
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
  return wellFormed(parse(body));
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Unreadable("The body is not JSON");
  }
}
