/** Stored responses of requests that may be repeated with an Idempotency-Key. */
/** A repeatable request: the data that keeps repeats identical, and its stored response, if any. */
export interface RepeatableRequest {
  readonly bodyDigest: string;
  /** Seed of the request's IDs: the same for each repeat. */
  readonly seed: string;
  /** Time of the first arrival, epoch milliseconds. */
  readonly startedAt: number;
  /** Time for which repeats are recognized. Default: `limits.idempotencySeconds`. */
  readonly keptSeconds?: number | undefined;
  readonly reply: { readonly status: number; readonly body: string; readonly location: string | null } | null;
}

export interface IdempotencyStore {
  /** Stores the request under the key unless one exists. Returns the stored one. */
  begin(key: string, request: RepeatableRequest): Promise<RepeatableRequest>;
  finish(key: string, request: RepeatableRequest): Promise<void>;
}
