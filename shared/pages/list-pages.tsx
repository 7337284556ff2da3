import { type PageName, pageHref } from "../contracts/web/routes.ts";

/** The ways through a list that is longer than a page. */
export function ListPages({
  page,
  filter = {},
  first,
  next,
}: {
  readonly page: PageName;
  readonly filter?: Readonly<Record<string, string | undefined>>;
  /** Whether these are the newest. */
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
}) {
  if (first && next === null) return null;
  const given = Object.entries(filter).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const values: Record<string, string> = Object.fromEntries(given);
  return (
    <nav class="pages" aria-label="Pages">
      {!first && <a href={pageHref(page, values)}>Newest</a>}
      {next !== null && <a href={pageHref(page, { ...values, cursor: next })}>Older</a>}
    </nav>
  );
}
