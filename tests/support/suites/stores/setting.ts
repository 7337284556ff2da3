/** Setting of the contract tests of stores. */

import { expect } from "vitest";
import { limits } from "../../../../shared/domain/limits.ts";
import type { Table } from "../../../../shared/storage/table.ts";
import type { Page, PageRequest } from "../../../../shared/use-cases/ports/page.ts";
import { monday } from "../../builders.ts";
import type { MakeTable } from "../table-suite.ts";

export interface StoreSetting {
  /** Makes an empty table, and resets the clock. */
  readonly table: () => Promise<Table>;
  /** Clock of the tables, which tests move. Epoch milliseconds. */
  readonly clock: { now: number };
}

export function storeSetting(make: MakeTable): StoreSetting {
  const clock = { now: monday };
  return {
    clock,
    table: () => {
      clock.now = monday;
      return make(() => clock.now);
    },
  };
}

/** Reads all pages of a list, and counts them. */
export async function readAll<T>(
  list: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<{ items: T[]; pages: number }> {
  const items: T[] = [];
  let after: string | null = null;
  for (let pages = 1; ; pages += 1) {
    const page: Page<T> = await list({ limit, after });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    if (page.next === null) return { items, pages };
    after = page.next;
  }
}

export const everything = { limit: limits.pageSize, after: null };
export const idOf = ({ id }: { readonly id: string }): string => id;
