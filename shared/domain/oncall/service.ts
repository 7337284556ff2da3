/** Settings of a monitored service: its owner team and automatic resolution. */
export interface Service {
  readonly name: string;
  readonly team: string;
  /** Seconds without alerts after which an incident resolves automatically; null for never. */
  readonly autoResolveSeconds: number | null;
  readonly updatedAt: number;
}
