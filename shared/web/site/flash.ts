/**
 * Result message of an action, for the next page. The cookie is signed, so that no one else can set its text.
 */
import { setCookie } from "../../http/session/cookies.ts";
import { openToken, signToken } from "../../http/tokens/signed-token.ts";

export interface Flash {
  /** trouble: at least part of the action failed. */
  readonly kind: "done" | "trouble";
  readonly text: string;
}

/** Returns a success message. */
export function done(text: string): Flash {
  return { kind: "done", text };
}

/** Returns an error message. */
export function trouble(text: string): Flash {
  return { kind: "trouble", text };
}

const flashSeconds = 60;

/** Returns the cookie that shows a message on the next page. */
export function flashCookie(flash: Flash, secret: string, secure: boolean): string {
  return setCookie("flash", packFlash(flash, secret), { secure, maxAgeSeconds: flashSeconds });
}

/** Cookies are limited to 4 KiB. */
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
