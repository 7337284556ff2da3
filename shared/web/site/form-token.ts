/** What a form carries so that only our own pages can send it: a signature over cookies that no other page knows. */
import { hmac, isSigned } from "../../http/signature.ts";

/** The cookies that a token belongs to; whoever signs in or out gets other forms. */
export interface FormOwner {
  /** Random, of this browser. */
  readonly browserId: string;
  readonly session: string | null;
}

export function formToken(owner: FormOwner, secret: string): string {
  return hmac(secret, `form ${JSON.stringify([owner.browserId, owner.session])}`).toString("base64url");
}

export function isFormToken(presented: string, owner: FormOwner, secrets: readonly string[]): boolean {
  return owner.browserId !== "" && isSigned(presented, secrets, (secret) => formToken(owner, secret));
}
