/** Pages of lists. */
export interface PageRequest {
  readonly limit: number;
  /** Sort key of the last item on the previous page; null for the first page. */
  readonly after: string | null;
  /** Approximate size of the page. Default: `limits.pageBytes`. */
  readonly bytes?: number;
}

/** Newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Cursor of the next page; null if there is none. */
  readonly next: string | null;
}
