/** The clock, ids, secrets and the log, as use cases receive them. */
/** Epoch milliseconds. */
export type Clock = () => number;

/** Returns a new ULID for a time. */
export type Ulid = (now: number) => string;

/** Returns ULIDs derived from a text: the same sequence each time. */
export type SeededUlids = (seed: string) => Ulid;

/** Returns a short, stable digest of a text, safe in IDs. */
export type Digest = (text: string) => string;

/** Returns a new unguessable text, safe in URLs. */
export type MakeSecret = () => string;

/** Compares two texts in constant time. */
export type SameSecret = (one: string, other: string) => boolean;

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/** History of a message, which shows whether its effects may exist already. */
export interface Delivery {
  /** False for the first attempt to handle the message. */
  readonly repeated: boolean;
  /** Time at which the message was sent. */
  readonly sentAt: number;
}
