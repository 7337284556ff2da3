import { createHash } from "node:crypto";

/** Converts any text to a message group ID: at most 128 printable characters in SQS. */
export function groupIdOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
