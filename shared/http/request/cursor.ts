import { sha256 } from "../../crypto/sha256.ts";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";

/** Encodes the position in a list. A checksum binds it to the list's path and filters. */
export function encodeCursor(list: string, position: string): string {
  return Buffer.from(JSON.stringify([position, check(list, position)])).toString("base64url");
}

/** @throws Invalid if the cursor is damaged or belongs to another list */
export function decodeCursor(list: string, cursor: string): string {
  const fault = new Invalid([
    { path: "cursor", message: "must be the next_cursor of a response of this list" },
  ]);
  const parts = parseParts(cursor);
  if (!Array.isArray(parts) || parts.length !== 2) throw fault;
  const [position, sum] = parts;
  if (typeof position !== "string" || !position.isWellFormed() || sum !== check(list, position)) throw fault;
  // Cursors can be forged, so the position must be a valid sort key.
  const bytes = Buffer.byteLength(position);
  if (bytes < 1 || bytes > limits.sortKeyBytes) throw fault;
  return position;
}

function parseParts(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString());
  } catch {
    return undefined;
  }
}

function check(list: string, position: string): string {
  return sha256(JSON.stringify([list, position]), "base64url").slice(0, 12);
}
