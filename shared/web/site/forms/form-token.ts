/** Form tokens against cross-site requests: a signature over cookies that other sites do not know. */
import { isSignatureOf, signatureOf } from "../../../http/tokens/signed-token.ts";

/** Cookies that a token is bound to. Signing in or out invalidates it. */
export interface FormOwner {
  /** Random ID of this browser. */
  readonly browserId: string;
  readonly session: string | null;
}

export function formToken(owner: FormOwner, secret: string): string {
  return signatureOf("form", payloadOf(owner), secret);
}

export function isFormToken(presented: string, owner: FormOwner, secrets: readonly string[]): boolean {
  return owner.browserId !== "" && isSignatureOf("form", payloadOf(owner), presented, secrets);
}

function payloadOf({ browserId, session }: FormOwner): string {
  return JSON.stringify([browserId, session]);
}
