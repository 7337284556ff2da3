/** The clock, ids, secrets and the log, as use cases receive them. */
/** Epoch milliseconds. */
export type Clock = () => number;

/** A fresh ULID of the given time. */
export type Ulid = (now: number) => string;

/** ULIDs that follow from a text: the same each time. */
export type SeededUlids = (seed: string) => Ulid;

/** A short, stable digest of a text, safe in ids. */
export type Digest = (text: string) => string;

/** A fresh text that nobody can guess, safe in URLs. */
export type MakeSecret = () => string;

/** Whether two texts are the same, in a time that says nothing about where they differ. */
export type SameSecret = (one: string, other: string) => boolean;

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export type { Metrics } from "../../telemetry/catalogue.ts";
