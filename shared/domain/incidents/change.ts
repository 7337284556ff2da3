/** A deliberate change to a service, such as a deployment or a setting. */
export interface Change {
  /** `chg_` and a ULID of the time of receipt. */
  readonly id: string;
  readonly service: string;
  readonly summary: string;
  readonly source: string | null;
  /** Time of the change by the sender's clock, in epoch milliseconds. */
  readonly at: number;
  readonly links: readonly { readonly href: string; readonly text: string | null }[];
  readonly details: Readonly<Record<string, unknown>>;
}
