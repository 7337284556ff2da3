import type { Subject } from "../../domain/access/decide.ts";
import type { Right } from "../../domain/access/rights.ts";
import type { TeamRole } from "../../domain/access/roles.ts";
import type { FormErrors } from "./routes.ts";

/** The person looking at a page. */
export interface Viewer {
  /** Name that actions are recorded under; null until the person signs in or sets a name. */
  readonly name: string | null;
  /** Email of a signed-in person. */
  readonly email?: string;
  /**
   * `person`: signed in at the identity provider. `key`: signed in with an API key. `self_declared`: the name is
   * self-declared and can be changed.
   */
  readonly identity: "person" | "key" | "self_declared" | "anonymous";
  /** Returns true if the viewer has a right for a thing; without a thing, in any team. */
  readonly may: (right: Right, subject?: Subject) => boolean;
  /** Roles of a signed-in person; absent for others. */
  readonly roles?: readonly TeamRole[];
  /** True if the viewer may act on incidents of any team. */
  readonly mayWrite: boolean;
  /** IANA time zone; absent until it is known. */
  readonly timezone?: string | undefined;
  /** Token that every form carries; empty without a secret to sign with. */
  readonly formToken: string;
}

/** Props of every view besides its data. */
export interface Viewing {
  readonly viewer: Viewer;
  /** Path and query of the page. Its forms return here. */
  readonly here: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The form that was submitted from this page and rejected. */
  readonly formErrors?: FormErrors | null;
}

/** Returns true if the viewer may override shifts of a team, at least their own. */
export function mayCover({ may, email }: Pick<Viewer, "may" | "email">, team: string): boolean {
  return may("cover", { team, owners: email === undefined ? [] : [email] });
}

export const anonymous: Viewer = {
  name: null,
  identity: "anonymous",
  may: () => false,
  mayWrite: false,
  formToken: "",
};
