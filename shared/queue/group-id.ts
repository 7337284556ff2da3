import { createHash } from "node:crypto";

/** A text of any length and alphabet as a message group id: SQS takes 128 printable characters. */
export function groupIdOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
