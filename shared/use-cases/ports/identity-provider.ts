/** The OpenID Connect provider at which people sign in. */
import type { ProviderIdentity } from "../../domain/access/account.ts";

/** Secrets of one attempt to sign in. Each works once. */
export interface SignInFlow {
  readonly state: string;
  readonly nonce: string;
  /** PKCE (RFC 7636). */
  readonly codeVerifier: string;
}

/** A person as the provider describes them. */
export interface ProvidedPerson {
  readonly identity: ProviderIdentity;
  /** Verified, in lower case. */
  readonly email: string;
  readonly name: string;
  /** Sorted, each once. */
  readonly groups: readonly string[];
}

export interface ProvidedSignIn extends ProvidedPerson {
  /** ID of the session at the provider; null if the provider did not name one. */
  readonly providerSessionId: string | null;
  readonly idToken: string;
}

/** A provider's message that sessions have ended. */
export interface ProvidedLogout {
  /** ID of the message. */
  readonly id: string;
  readonly issuer: string;
  /** Null if only the session is named. */
  readonly subject: string | null;
  /** Null if all sessions of the subject have ended. */
  readonly providerSessionId: string | null;
}

export interface IdentityProvider {
  /** Returns the address at the provider where a person signs in. @throws Unavailable */
  signInUrl(flow: SignInFlow, redirectUri: string): Promise<string>;
  /**
   * Exchanges the code of the provider's response for a verified person.
   *
   * @param callback the address that the provider redirected to, with its query
   * @throws SignInFailed, Unavailable
   */
  finishSignIn(flow: SignInFlow, callback: URL): Promise<ProvidedSignIn>;
  /** Verifies a logout token. `now` is epoch milliseconds. @throws SignInFailed, Unavailable */
  readLogout(token: string, now: number): Promise<ProvidedLogout>;
  /**
   * Returns the address at the provider where a person signs out; null if the provider has none.
   *
   * @param idToken token of the session; undefined if it is unknown
   * @param returnTo address to return to afterwards
   * @throws Unavailable
   */
  signOutUrl(idToken: string | undefined, returnTo: string): Promise<string | null>;
}
