import type { KeyScope } from "./api-key.ts";

/** The caller of a request: someone on a platform that requires no sign-in, an API key or a signed-in person. */
export type Principal = LocalPrincipal | KeyPrincipal | PersonPrincipal;

/** Someone on a platform that requires no sign-in. They may do everything. */
export interface LocalPrincipal {
  readonly kind: "local";
  /** Self-declared name; null if they entered none. */
  readonly name: string | null;
}

export interface KeyPrincipal {
  readonly kind: "key";
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** Teams that the key is limited to when it changes something; null: all. */
  readonly teams: readonly string[] | null;
}

/** A person who signed in at the identity provider. */
export interface PersonPrincipal {
  readonly kind: "person";
  /** Verified, in lower case. */
  readonly email: string;
  readonly name: string;
  /** The provider's ID of the person; null if they answer in a channel and have never signed in. */
  readonly subject: string | null;
  readonly groups: readonly string[];
}

export const local: LocalPrincipal = { kind: "local", name: null };
