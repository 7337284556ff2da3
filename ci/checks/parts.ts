/** The parts of an endpoint, as the checks that compare them read them. */
import type { FoundContract } from "../../infra/build/contracts.ts";
import type { FunctionFile } from "../../infra/build/function-files.ts";
import type { FoundFunction } from "../../infra/stack/functions.ts";

/** A file of functions/, and what it says. */
export interface Source {
  /** `functions/alerts/get-alert.ts` */
  readonly path: string;
  readonly text: string;
}

export interface Parts {
  readonly contracts: readonly FoundContract[];
  readonly functions: readonly FoundFunction[];
  readonly sources: readonly (FunctionFile & Source)[];
}
