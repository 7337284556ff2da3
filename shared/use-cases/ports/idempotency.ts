/** Replies kept for requests that are repeated with an Idempotency-Key. */
/** A request that may be repeated: what makes its repetition the same, and its reply once there is one. */
export interface RepeatableRequest {
  readonly bodyDigest: string;
  /** Where the request's ids come from: the same for each repetition. */
  readonly seed: string;
  /** Epoch milliseconds of the first arrival. */
  readonly startedAt: number;
  readonly reply: { readonly status: number; readonly body: string; readonly location: string | null } | null;
}

export interface IdempotencyStore {
  /** Stores the request under the key unless there is one; returns what is there then. */
  begin(key: string, request: RepeatableRequest): Promise<RepeatableRequest>;
  finish(key: string, request: RepeatableRequest): Promise<void>;
}
