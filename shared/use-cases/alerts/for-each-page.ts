import { StaleVersion } from "../../domain/errors.ts";
import type { Page } from "../ports/page.ts";

const atOnce = 20;

/**
 * Visits every item of a list, page by page. A failure does not affect other items, and an item that changed
 * concurrently does not count as one.
 *
 * @param failed is called with each error
 * @returns true if nothing failed
 */
export async function forEachPage<T>(
  list: (after: string | null) => Promise<Page<T>>,
  visit: (item: T) => Promise<void>,
  failed: (item: T, error: unknown) => void,
): Promise<boolean> {
  let allWell = true;
  const visitItem = (item: T) =>
    visit(item).catch((error) => {
      if (error instanceof StaleVersion) return;
      allWell = false;
      failed(item, error);
    });
  for (let after: string | null = null; ; ) {
    const { items, next }: Page<T> = await list(after);
    for (let first = 0; first < items.length; first += atOnce)
      await Promise.all(items.slice(first, first + atOnce).map(visitItem));
    if (next === null) return allWell;
    after = next;
  }
}
