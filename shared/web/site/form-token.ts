/** What a form carries so that only our own pages can send it: a signature over cookies that no other page knows. */
import { isSignatureOf, signatureOf } from "../../http/signed-token.ts";

/** The cookies that a token belongs to; whoever signs in or out gets other forms. */
export interface FormOwner {
  /** Random, of this browser. */
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
