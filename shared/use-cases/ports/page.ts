/** Pages of lists. */
export interface PageRequest {
  readonly limit: number;
  /** Sort key of the last item that was seen; null for the first page. */
  readonly after: string | null;
  /** What the items may weigh, about; `limits.pageBytes` unless given. */
  readonly bytes?: number;
}

/** Newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page goes on; null when there is none. */
  readonly next: string | null;
}
