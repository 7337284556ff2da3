/** Parts of an endpoint that have to agree. */
import type { FoundContract } from "../../infra/build/contracts.ts";
import type { FoundFunction } from "../../infra/stack/functions.ts";

/** A file of functions/ and its text. */
export interface Source {
  /** `functions/alerts/get-alert.ts` */
  readonly path: string;
  readonly text: string;
}

export interface Parts {
  readonly contracts: readonly FoundContract[];
  readonly functions: readonly FoundFunction[];
  readonly sources: readonly Source[];
}
