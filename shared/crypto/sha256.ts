import { hash } from "node:crypto";

/** Returns the SHA-256 digest of a text (in UTF-8) or of bytes. */
export function sha256(
  content: string | Uint8Array,
  encoding: "hex" | "base64" | "base64url" = "hex",
): string {
  return hash("sha256", content, encoding);
}
