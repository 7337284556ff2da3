/**
 * Tokens signed by the platform: `payload.signature`, safe in a URL and in a cookie. The purpose is part of
 * the signed text, so a token of one purpose is invalid for every other.
 */
import { hmac, isSigned } from "../../crypto/hmac.ts";

export type Purpose =
  | "link"
  | "receipt"
  | "reply"
  | "session"
  | "person"
  | "sign-in"
  | "sign-out"
  | "flash"
  | "form"
  | "call"
  | "action";

/** Bytes of the signature. Links go into text messages, so theirs is short. */
const signatureBytes: Readonly<Record<Purpose, number>> = {
  link: 16,
  receipt: 16,
  reply: 16,
  call: 32,
  action: 32,
  session: 32,
  person: 32,
  "sign-in": 32,
  "sign-out": 32,
  flash: 32,
  form: 32,
};

/** Returns the signature of a payload that both sides know. */
export function signatureOf(purpose: Purpose, payload: string, secret: string): string {
  return hmac(secret, `${purpose} ${payload}`).subarray(0, signatureBytes[purpose]).toString("base64url");
}

/** @param secrets the newest first; all of them are valid */
export function isSignatureOf(
  purpose: Purpose,
  payload: string,
  signature: string,
  secrets: readonly string[],
): boolean {
  // The text of the signature is compared, not its bytes: it has one spelling.
  return isSigned(signature, secrets, (secret) => signatureOf(purpose, payload, secret));
}

export function signToken(purpose: Purpose, payload: string, secret: string): string {
  return `${payload}.${signatureOf(purpose, payload, secret)}`;
}

/** Returns the payload of a token; undefined if no secret has signed it for this purpose. */
export function openToken(purpose: Purpose, token: string, secrets: readonly string[]): string | undefined {
  const dot = token.lastIndexOf(".");
  const payload = token.slice(0, Math.max(0, dot));
  return isSignatureOf(purpose, payload, token.slice(dot + 1), secrets) ? payload : undefined;
}
