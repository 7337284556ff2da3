import type { Refused } from "../contracts/web/routes.ts";

/** Who looks at a page, as far as the page shows it. */
export interface Viewer {
  /** In whose name actions are; null until somebody says who they are. */
  readonly name: string | null;
  /** A name that came with a key can be signed out, one's own word can be changed. */
  readonly identity: "key" | "own_word" | "nobody";
  readonly mayWrite: boolean;
  /** What every form carries. */
  readonly formToken: string;
}

/** What every view is given besides its data. */
export interface Viewing {
  readonly visitor: Viewer;
  /** The page itself: where its forms lead back to. */
  readonly here: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** What somebody has sent from this page, and has to mend. */
  readonly refused?: Refused | null;
}
