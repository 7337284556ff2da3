/** Accounts at chat services whose owner proved with a one-time code who they are. */

/** Services that accounts can be linked at, each the name of a channel. */
export const linkedServices = ["telegram"] as const;
export type LinkedService = (typeof linkedServices)[number];

/** Times are epoch milliseconds. */
export interface LinkedAccount {
  readonly service: LinkedService;
  /** ID of the account at the service. */
  readonly account: string;
  /** Email of its owner. */
  readonly email: string;
  readonly linkedAt: number;
  readonly version: number;
}

/** A code that links the first account that sends it. It is stored by its digest. */
export interface LinkCode {
  readonly digest: string;
  readonly service: LinkedService;
  readonly email: string;
  readonly expiresAt: number;
  /** Account that used it; null before. */
  readonly usedBy: string | null;
  readonly version: number;
}

/** Returns true if the account may use the code. Its own repeat has no further effect. */
export function isUsable(code: LinkCode, account: Pick<LinkedAccount, "service" | "account">, now: number) {
  const { service, usedBy, expiresAt } = code;
  return service === account.service && expiresAt > now && (usedBy === null || usedBy === account.account);
}
