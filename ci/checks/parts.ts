/** The parts of an endpoint that checks compare. */

import type { FoundContract } from "../../infra/build/contracts.ts";
import type { FunctionFile } from "../../infra/build/function-files.ts";
import type { FoundFunction } from "../../infra/stack/function-definition.ts";

/** A file of functions/ with its text. */
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
