/** What came of an action, for the next page: in a signed cookie, because nobody else is to put words on it. */
import { openToken, signToken } from "../../http/signed-token.ts";

export interface Flash {
  /** Trouble: not all of it was done. */
  readonly kind: "done" | "trouble";
  readonly text: string;
}

/** Reports success. */
export function done(text: string): Flash {
  return { kind: "done", text };
}

/** Reports that an action failed, or did only a part. */
export function trouble(text: string): Flash {
  return { kind: "trouble", text };
}

/** A cookie holds 4 KiB. */
const longestText = 600;

export function packFlash({ kind, text }: Flash, secret: string): string {
  const packed = Buffer.from(JSON.stringify({ kind, text: [...text].slice(0, longestText).join("") }));
  return signToken("flash", packed.toString("base64url"), secret);
}

export function unpackFlash(cookie: string | undefined, secrets: readonly string[]): Flash | null {
  const payload = openToken("flash", cookie ?? "", secrets);
  if (payload === undefined) return null;
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Flash;
}
