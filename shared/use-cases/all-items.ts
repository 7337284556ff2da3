import type { Page } from "./ports/page.ts";

/** Yields all items of a list. Reads the next page when the previous one is used up. */
export async function* allItems<T>(
  list: (after: string | null) => Promise<Page<T>>,
): AsyncGenerator<T, undefined> {
  let after: string | null = null;
  do {
    const page: Page<T> = await list(after);
    yield* page.items;
    after = page.next;
  } while (after !== null);
}
