/** What came of an action, for the next page: in a signed cookie, because nobody else is to put words on it. */
import { hmac, isSigned } from "../../http/signature.ts";

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
  const payload = packed.toString("base64url");
  return `${payload}.${macOf(payload, secret)}`;
}

export function unpackFlash(cookie: string | undefined, secrets: readonly string[]): Flash | null {
  const [payload = "", mac = ""] = (cookie ?? "").split(".");
  if (!isSigned(mac, secrets, (secret) => macOf(payload, secret))) return null;
  return JSON.parse(Buffer.from(payload, "base64url").toString()) as Flash;
}

function macOf(payload: string, secret: string): string {
  return hmac(secret, `flash ${payload}`).toString("base64url");
}
