import { limits } from "../../../domain/limits.ts";
import { formatInstant } from "../../../domain/time.ts";
import type { Page, PageRequest } from "../../../use-cases/ports/page.ts";
import type { Column } from "../../components/data-table.tsx";
import type { CsvCell } from "./csv.ts";

/** A table as a file. */
export interface Download {
  /** The first one has the headings. */
  readonly lines: readonly (readonly CsvCell[])[];
  /** False if there are more rows. */
  readonly isComplete: boolean;
}

/** Rows of a table. */
export interface Rows<T> {
  readonly items: readonly T[];
  readonly isComplete: boolean;
}

/** Rows of a file. */
export const mostRows = 1_000;
/** Reads of a list, each of which looks at `limits.candidatesPerPage` items at most: half a read unit or more for each. */
const mostReads = 5;

/** Reads the first rows of a list. Their size is limited too, because a function can't return more. */
export async function firstRows<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  { after }: Pick<PageRequest, "after">,
  most = mostRows,
): Promise<Rows<T>> {
  const items: T[] = [];
  let bytes: number = limits.pageBytes;
  let next = after;
  for (let reads = 0; reads < mostReads && items.length < most && bytes > 0; reads += 1) {
    const page = await list({ limit: most - items.length, after: next, bytes });
    items.push(...page.items);
    if (page.next === null) return { items, isComplete: true };
    bytes -= Buffer.byteLength(JSON.stringify(page.items));
    next = page.next;
  }
  return { items, isComplete: false };
}

/** Returns rows with their headings, which name the units of values. */
export function downloadOf<T>(columns: readonly Column<T>[], { items, isComplete }: Rows<T>): Download {
  const headings = columns.map(({ heading, unit }) =>
    unit === undefined ? heading : `${heading} (${unit})`,
  );
  return { lines: [headings, ...items.map((row) => columns.map(({ value }) => value(row)))], isComplete };
}

export function allRows<T>(items: readonly T[]): Rows<T> {
  return { items, isComplete: true };
}

/** Column of a time in UTC (RFC 3339). */
export function timeColumn<T>(heading: string, at: (row: T) => number | null): Column<T> {
  return {
    heading,
    value(row) {
      const time = at(row);
      return time === null ? null : formatInstant(time);
    },
  };
}
