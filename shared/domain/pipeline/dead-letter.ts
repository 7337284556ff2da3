/** A message that a consumer or its queue gave up. */
export interface DeadLetter {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Group in a FIFO queue; null in a standard queue. */
  readonly group: string | null;
  /** Null if its queue gave it up. */
  readonly reason: string | null;
  readonly body: string;
  /** True if it was sent back before and failed again. */
  readonly wasRedriven: boolean;
}
