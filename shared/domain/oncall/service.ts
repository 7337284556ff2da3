/** What is known of a monitored service: which team owns it, and when its incidents resolve themselves. */
export interface Service {
  readonly name: string;
  readonly team: string;
  /** Quiet time after which an incident resolves itself; null for never. */
  readonly autoResolveSeconds: number | null;
  readonly updatedAt: number;
}
