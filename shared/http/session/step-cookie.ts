/** Short-lived cookies for one step, such as a sign-in at the provider: signed, and valid for some minutes. */
import { openToken, type Purpose, signToken } from "../tokens/signed-token.ts";
import { isSecure, readCookie, setCookie } from "./cookies.ts";

/** The purpose is also the name of the cookie. */
type StepCookie = Extract<Purpose, "sign-in" | "sign-out">;

export function setStepCookie(
  name: StepCookie,
  value: unknown,
  headers: Headers,
  { secret, seconds, now }: { readonly secret: string; readonly seconds: number; readonly now: number },
): string {
  const packed = Buffer.from(JSON.stringify([now + seconds * 1_000, value])).toString("base64url");
  return setCookie(name, signToken(name, packed, secret), {
    secure: isSecure(headers),
    maxAgeSeconds: seconds,
  });
}

/** Returns the value of a cookie of the request; undefined if it is missing, expired or not signed here. */
export function readStepCookie(
  name: StepCookie,
  headers: Headers,
  secrets: readonly string[],
  now: number,
): unknown {
  const packed = openToken(name, readCookie(headers, name) ?? "", secrets);
  if (packed === undefined) return undefined;
  const [endsAt, value] = JSON.parse(Buffer.from(packed, "base64url").toString()) as [number, unknown];
  return now < endsAt ? value : undefined;
}

export function clearStepCookie(name: StepCookie, headers: Headers): string {
  return setCookie(name, "", { secure: isSecure(headers), maxAgeSeconds: 0 });
}
