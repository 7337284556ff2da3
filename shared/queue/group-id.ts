import { sha256 } from "../crypto/sha256.ts";

/** Converts any text to a message group ID: at most 128 printable characters in SQS. */
export function groupIdOf(text: string): string {
  return sha256(text);
}
